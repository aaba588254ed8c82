import type { Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import type { Facts } from "../facts.ts";
import { snakeCase } from "../names.ts";
import { assignedName } from "../statement-kinds.ts";
import { literalOf } from "./literal.ts";

/** What people call a table of the numbers and words that a run may well be given: `cfg`, `CONFIG`, `xgb_params`. */
const tableNames =
  /(?:^|_)(?:cfg|conf|config|configuration|hparams?|hyper_?param(?:eter)?s?|hps?|params|parameters|settings|args|arguments)$/i;

/** What a call makes a table of the keywords that it is given of. */
const makers = /(?:^|\.)(?:dict|SimpleNamespace|Namespace|\w*(?:Config|Args|Arguments|Params|Dict|Box|Munch))$/;

/** One value of a table of parameters. */
export interface Entry {
  readonly key: string;
  /** A plain literal. */
  readonly value: ast.Expr;
  /** The statement that is about it alone, where there is one. */
  readonly node?: ast.Stmt;
  /** The calls that are given it as a keyword, where its own place stays as it is. */
  readonly givenIn?: readonly { readonly facts: Facts; readonly node: ast.Call }[];
}

/** A table of parameters: a dictionary, a namespace, a class. */
export interface ConfigTable {
  readonly facts: Facts;
  readonly name: string;
  /** Those that each run may have its own value of. */
  readonly entries: readonly Entry[];
}

/** Whether a table of that name (`CFG`, `train_config`, `TrainConfig`) is one of parameters. */
export function isTableName(name: string): boolean {
  return tableNames.test(snakeCase(name));
}

/**
 * The entries of `cfg = {"lr": 0.1}`, `cfg = dict(lr=0.1)` and `cfg = SimpleNamespace(lr=0.1)` that are plain literals;
 * none for another statement.
 */
export function configEntries({ node, calls }: Pick<Statement, "node" | "calls">): readonly Entry[] {
  const assigned = assignedName(node);
  if (assigned === undefined || !isTableName(assigned.target.id)) return [];
  const { value } = assigned;
  const made = calls.find((call) => call.node === value);
  const all =
    value.type === "Dict"
      ? value.keys.map((key, index) => ({ key: textOf(key), value: value.values[index] as ast.Expr }))
      : value.type === "Call" && makers.test(made?.callee ?? "")
        ? value.keywords.map((keyword) => ({ key: keyword.arg?.name, value: keyword.value }))
        : [];
  // What the tables know of an argument says more than its name.
  const known = new Set<string | undefined>(made?.effect?.parameters);
  return all.flatMap(({ key, value }) =>
    key !== undefined && !known.has(key) && isPlain(value) ? [{ key, value }] : [],
  );
}

function textOf(key: ast.Expr | undefined): string | undefined {
  return key?.type === "Constant" && key.kind === "str" ? String(key.value) : undefined;
}

/** A number, a switch or a text. */
export function isPlain(value: ast.Expr): boolean {
  const type = literalOf(value)?.type;
  return type === "int" || type === "float" || type === "bool" || type === "str";
}
