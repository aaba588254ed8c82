import { at, type Bench } from "../bench.ts";
import { snakeCase } from "../names.ts";
import type { Parameter } from "../plan.ts";
import { assignedName } from "../statement-kinds.ts";
import { configClasses } from "./config-class.ts";
import { configInstances } from "./config-instances.ts";
import { type ConfigTable, configEntries } from "./config-table.ts";
import { literalOf } from "./literal.ts";
import { helpOf } from "./parameter-help.ts";
import { codeUse } from "./parameters.ts";
import { isSecret } from "./secrets.ts";

/** A parameter for each entry of the notebook's tables of parameters; their names are added to `taken`. */
export function entryParameters(bench: Bench, taken: Set<string>): readonly Parameter[] {
  return tablesOf(bench).flatMap(({ facts, name: table, entries }) =>
    entries.flatMap(({ key, value, node, givenIn }): Parameter[] => {
      const literal = literalOf(value);
      const name = freeName(snakeCase(key), snakeCase(table), taken);
      if (literal === undefined || name === undefined || isSecret(key, value)) return [];
      taken.add(name);
      const help = helpOf(bench, facts, key, node);
      return [
        {
          name,
          type: literal.type,
          default: literal.value,
          help: help === "" ? `${key} of ${table}` : help,
          origin: literal.type === "int" && /seed|random_?state/i.test(key) ? "seed" : "constant",
          cell: facts.statement.cell,
          uses: givenIn?.map((call) => ({ ...codeUse(bench, call.facts, call.node), keyword: key })) ?? [
            codeUse(bench, facts, value),
          ],
        },
      ];
    }),
  );
}

/** The tables of parameters, in the order of the notebook. */
function tablesOf(bench: Bench): readonly ConfigTable[] {
  const made = at(bench, "work").flatMap((facts) => {
    const entries = configEntries(facts.statement);
    return entries.length === 0 ? [] : [{ facts, name: assignedName(facts.statement.node)?.target.id ?? "", entries }];
  });
  return [...made, ...configClasses(bench), ...configInstances(bench)].sort(
    (one, other) => one.facts.position - other.facts.position,
  );
}

const keywords = new Set([
  "lambda",
  "class",
  "from",
  "in",
  "is",
  "for",
  "if",
  "else",
  "while",
  "with",
  "global",
  "import",
]);

/** The key itself, else with the table's name before it; undefined for what cannot be a name. */
function freeName(key: string, table: string, taken: ReadonlySet<string>): string | undefined {
  const names = [key, `${table}_${key}`].filter((name) => /^[a-z]\w*$/.test(name) && !keywords.has(name));
  return names.find((name) => !taken.has(name));
}
