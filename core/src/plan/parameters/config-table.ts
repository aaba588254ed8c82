import type { Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { at, type Bench } from "../bench.ts";
import { snakeCase } from "../names.ts";
import type { Parameter } from "../plan.ts";
import { assignedName } from "../statement-kinds.ts";
import { literalOf } from "./literal.ts";
import { helpOf } from "./parameter-help.ts";
import { codeUse } from "./parameters.ts";
import { isSecret } from "./secrets.ts";

/** What people call a table of the numbers and words that a run may well be given: `cfg`, `CONFIG`, `xgb_params`. */
const tableNames =
  /(?:^|_)(?:cfg|conf|config|configuration|hparams?|hyper_?param(?:eter)?s?|hps?|params|parameters|settings|args)$/i;

interface Entry {
  readonly key: string;
  readonly value: ast.Expr;
}

/** The entries of `cfg = {"lr": 0.1}` and `cfg = dict(lr=0.1)` that are plain literals; none for another statement. */
export function configEntries({ node, calls }: Pick<Statement, "node" | "calls">): readonly Entry[] {
  const assigned = assignedName(node);
  if (assigned === undefined || !tableNames.test(assigned.target.id)) return [];
  const { value } = assigned;
  const isDictCall = calls.some((call) => call.node === value && call.callee === "builtins.dict");
  const all =
    value.type === "Dict"
      ? value.keys.map((key, index) => ({ key: textOf(key), value: value.values[index] as ast.Expr }))
      : value.type === "Call" && isDictCall
        ? value.keywords.map((keyword) => ({ key: keyword.arg?.name, value: keyword.value }))
        : [];
  return all.flatMap(({ key, value }) => (key !== undefined && isPlain(value) ? [{ key, value }] : []));
}

function textOf(key: ast.Expr | undefined): string | undefined {
  return key?.type === "Constant" && key.kind === "str" ? String(key.value) : undefined;
}

function isPlain(value: ast.Expr): boolean {
  const type = literalOf(value)?.type;
  return type === "int" || type === "float" || type === "bool" || type === "str";
}

/** A parameter for each entry of the notebook's tables of parameters; their names are added to `taken`. */
export function entryParameters(bench: Bench, taken: Set<string>): readonly Parameter[] {
  return at(bench, "work").flatMap((facts): Parameter[] =>
    configEntries(facts.statement).flatMap(({ key, value }) => {
      const literal = literalOf(value);
      const table = assignedName(facts.statement.node)?.target.id ?? "";
      const name = freeName(snakeCase(key), snakeCase(table), taken);
      if (literal === undefined || name === undefined || isSecret(key, value)) return [];
      taken.add(name);
      const help = helpOf(bench, facts, key);
      return [
        {
          name,
          type: literal.type,
          default: literal.value,
          help: help === "" ? `${key} of ${table}` : help,
          origin: literal.type === "int" && /seed|random_?state/i.test(key) ? "seed" : "constant",
          cell: facts.statement.cell,
          uses: [codeUse(bench, facts, value)],
        },
      ];
    }),
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
