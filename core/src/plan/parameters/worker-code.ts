import type * as ast from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import { globalNames } from "../../python/scopes.ts";
import { walk } from "../../python/walk.ts";
import { at, type Bench, kept } from "../bench.ts";
import { functionUses } from "../definitions/name-uses.ts";
import type { Facts } from "../facts.ts";

/** Arguments that say how many processes work: none of their own where they are 0, 1 or nothing. */
const counts = new Set(["num_workers", "n_workers", "n_jobs", "nb_workers", "workers", "processes", "max_workers"]);
/** What starts processes, by the names that it is imported under. */
const starters = new Set(["Parallel", "Pool", "Process", "ProcessPoolExecutor", "spawn", "notebook_launcher"]);
const clusters = new Set(["ray", "dask", "pyspark"]);
/** Methods that a library calls on what it handed to its workers: of data sets, transforms and estimators. */
const handed = /^__(getitem|iter|call)__$|^(fit|transform|predict|score)$/;

/** True where the notebook starts processes that may import its code anew, instead of being copies of the one it is in. */
export function startsWorkers(bench: Bench): boolean {
  return kept(bench).some(({ statement }) => walk(statement.node).some(({ node }) => isStart(node)));
}

function isStart(node: { readonly type: string }): boolean {
  const part = node as ast.Expr | ast.Stmt;
  switch (part.type) {
    case "Call":
      return part.keywords.some(({ arg, value }) => counts.has(arg?.name ?? "") && !isNone(value));
    case "Name":
      return starters.has(part.id) || clusters.has(part.id);
    case "Attribute":
      return starters.has(part.attr.name);
    case "ImportFrom":
      return clusters.has(part.module?.split(".", 1)[0] ?? "");
    default:
      return false;
  }
}

function isNone(value: ast.Expr): boolean {
  return value.type === "Constant" && (value.kind === "none" || Number(value.value) <= 1);
}

/** The definitions in modules whose code may run in such a process: what is handed on, and all that it names. */
export function codeInWorkers(bench: Bench): ReadonlySet<Facts> {
  const named = new Map(
    at(bench, "definition").flatMap((facts) => [...facts.binds.keys()].map((name) => [name, facts] as const)),
  );
  const uses = functionUses(kept(bench), new Set(named.keys()));
  const found = new Set<Facts>();
  for (const [name, facts] of named) {
    const { node } = facts.statement;
    const isHanded =
      node.type === "ClassDef"
        ? node.body.some((part) => isFunction(part) && handed.test(part.name.name))
        : uses.get(name)?.isUsedAsValue === true;
    if (isHanded) found.add(facts);
  }
  for (const facts of found)
    for (const name of globalNames(facts.statement.node)) {
      const callee = named.get(name);
      if (callee !== undefined) found.add(callee);
    }
  return found;
}
