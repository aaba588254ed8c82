import { distance } from "fastest-levenshtein";
import { parse, TomlError } from "smol-toml";
import { ProblemError } from "../problem/problem.ts";
import type { CommandOptions, Configuration } from "./configuration.ts";
import { lineOfKey } from "./key-lines.ts";
import schema from "./reprise.schema.json" with { type: "json" };

/**
 * Reads `reprise.toml`, or the table `[tool.reprise]` of a `pyproject.toml`; nothing where that has no such table.
 * `file` is for messages and for the ending that tells which it is. Throws ProblemError RP145, with the line.
 */
export async function readConfiguration(text: string, file: string): Promise<Configuration | undefined> {
  const isOwn = !/pyproject\.toml$/.test(file);
  if (!isOwn && !text.includes("reprise")) return undefined;
  const whole = parsed(text, file);
  const prefix = isOwn ? [] : ["tool", "reprise"];
  const table = isOwn ? whole : memberOf(memberOf(whole, "tool"), "reprise");
  if (table === undefined) return undefined;
  const lineOf = (path: readonly string[]) => lineOfKey(text, [...prefix, ...path]);
  await check(table, file, lineOf);
  const known = table as Readonly<Record<string, never>>;
  const commands: Record<string, CommandOptions> = {};
  for (const name of ["convert", "run", "verify"]) if (known[name] !== undefined) commands[name] = known[name];
  return {
    file,
    ...(known.select === undefined ? {} : { select: known.select }),
    ...(known.ignore === undefined ? {} : { ignore: known.ignore }),
    ...(known["fail-on"] === undefined ? {} : { failOn: known["fail-on"] }),
    ...(known.severity === undefined ? {} : { severity: known.severity }),
    ...(known["per-file-ignores"] === undefined ? {} : { perFileIgnores: known["per-file-ignores"] }),
    commands,
    lineOf,
  };
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [message = ""] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
    throw wrong(file, error.line, `The file is not valid TOML: ${message}`, "Mend the line.", error.column);
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** One fault is enough to mend: the first. */
async function check(table: unknown, file: string, lineOf: Configuration["lineOf"]): Promise<void> {
  // The compiler of schemas takes longer to load than most notebooks to analyse.
  const { Ajv } = await import("ajv");
  const validate = new Ajv({ allowUnionTypes: true, verbose: true }).compile(schema);
  if (validate(table)) return;
  const [fault] = validate.errors ?? [];
  if (fault === undefined) return;
  const path = fault.instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const name = path.filter((step) => !/^\d+$/.test(step)).join(".") || "reprise";
  const params = fault.params as Readonly<Record<string, unknown>>;
  if (fault.keyword === "additionalProperties") {
    const key = String(params.additionalProperty);
    const allowed = Object.keys((fault.parentSchema as { properties?: object }).properties ?? {});
    throw wrong(
      file,
      lineOf([...path, key]),
      `There is no setting \`${[...path, key].join(".")}\``,
      nearest(key, allowed),
    );
  }
  if (fault.keyword === "propertyNames" || fault.propertyName !== undefined) {
    const key = String(params.propertyName ?? fault.propertyName);
    throw wrong(
      file,
      lineOf([...path, key]),
      `\`${key}\` in \`${name}\` is no rule`,
      "Name a rule or the beginning of some: NB501, NB5.",
    );
  }
  if (fault.keyword === "enum") {
    const allowed = (params.allowedValues as readonly unknown[]).map(String);
    throw wrong(
      file,
      lineOf(path),
      `\`${name}\` cannot be ${JSON.stringify(fault.data)}`,
      nearest(String(fault.data), allowed),
    );
  }
  throw wrong(
    file,
    lineOf(path),
    `\`${name}\` ${fault.message ?? "is wrong"}, and is ${JSON.stringify(fault.data)}`,
    "Correct it; docs/configuration.md lists the settings.",
  );
}

function nearest(name: string, allowed: readonly string[]): string {
  const [best] = allowed.toSorted((one, other) => distance(one, name) - distance(other, name));
  const all = allowed.join(", ");
  return best !== undefined && distance(best, name) <= 3
    ? `Do you mean \`${best}\`? There are: ${all}.`
    : `There are: ${all}.`;
}

function wrong(file: string, line: number, message: string, mend: string, column = 1): ProblemError {
  return new ProblemError({ id: "RP145", message, place: { file, line, column }, mend });
}
