import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EffectRow, EffectTable } from "../../core/src/effects/table.ts";

const folder = join(import.meta.dirname, "..", "..", "core", "src", "effects", "tables");

/** The file that holds a library's table: its own, or that of the standard library. */
function fileOf(library: string): string {
  const own = join(folder, `${library}.json`);
  return existsSync(own) ? own : join(folder, "standard.json");
}

/** The table of a library; an empty one where it has none. */
export function readTable(library: string): EffectTable {
  const content = JSON.parse(readFileSync(fileOf(library), "utf8")) as EffectTable | readonly EffectTable[];
  const table = "library" in content ? content : content.find((one) => one.library === library);
  return table ?? { library, effects: [] };
}

/** Writes a table with a row a line. */
export function writeTable(table: EffectTable): void {
  const file = fileOf(table.library);
  const content = JSON.parse(readFileSync(file, "utf8")) as EffectTable | readonly EffectTable[];
  if ("library" in content) {
    writeFileSync(file, `${render(table, "")}\n`);
    return;
  }
  const all = content.some((one) => one.library === table.library)
    ? content.map((one) => (one.library === table.library ? table : one))
    : [...content, table];
  writeFileSync(file, `[\n${all.map((one) => render(one, "  ")).join(",\n")}\n]\n`);
}

function render(table: EffectTable, indent: string): string {
  const parts = Object.entries(table).map(([key, value]) => {
    if (Array.isArray(value) && key !== "confirmed") {
      const rows = value.map((row) => `${indent}    ${inline(row)}`);
      return `${indent}  ${JSON.stringify(key)}: [\n${rows.join(",\n")}\n${indent}  ]`;
    }
    if (key === "aliases") {
      const rows = Object.entries(value as object).map(([a, b]) => `${indent}    ${inline(a)}: ${inline(b)}`);
      return `${indent}  "aliases": {\n${rows.join(",\n")}\n${indent}  }`;
    }
    return `${indent}  ${JSON.stringify(key)}: ${inline(value)}`;
  });
  return `${indent}{\n${parts.join(",\n")}\n${indent}}`;
}

/** JSON in one line, with a space after each comma and colon. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}: ${inline(one)}`).join(", ")}}`;
}

/** Rows without the names that are told elsewhere now. */
export function withoutNames<Row extends EffectRow>(rows: readonly Row[], told: ReadonlySet<string>): Row[] {
  const isTold = (row: Row, name: string) =>
    owners(row).every((owner) => told.has(owner === undefined ? name : `${owner}.${name}`));
  return rows.flatMap((row) => {
    const names = row.names.split(" ").filter((name) => !isTold(row, name));
    return names.length === 0 ? [] : [{ ...row, names: names.join(" ") }];
  });
}

/** The modules or types that a row is about. */
export function owners({ of }: Pick<EffectRow, "of">): readonly (string | undefined)[] {
  return typeof of === "string" || of === undefined ? [of] : of;
}
