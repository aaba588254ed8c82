import { arrays, classes, containers, files, functions, texts } from "./code.ts";
import type { Draft } from "./draft.ts";
import { model } from "./models.ts";
import type { Random } from "./random.ts";
import { clean, explore, table } from "./tables.ts";
import { Writer } from "./writer.ts";

const parts = { functions, classes, containers, arrays, files, texts };

/** A notebook that runs from top to bottom and gives the same twice: of tables, of a model, of plain Python, of all. */
export function writeProgram(random: Random): Draft {
  const writer = new Writer(random);
  const kind = random.pick(["table", "model", "model", "plain", "mixed"] as const);
  const extra = random.some(Object.keys(parts) as (keyof typeof parts)[], kind === "plain" ? 3 : 1);
  if (kind === "plain") {
    for (const name of extra) parts[name](writer);
    return writer.draft(kind);
  }
  const made = table(writer);
  clean(writer, made);
  if (kind !== "model") explore(writer, made);
  if (kind === "mixed" || (kind === "model" && random.chance(0.3))) for (const name of extra) parts[name](writer);
  if (kind === "model") model(writer, made);
  return writer.draft(kind);
}
