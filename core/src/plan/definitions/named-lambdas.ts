import { isBuiltin } from "../../dataflow/names/injected-names.ts";
import type * as ast from "../../python/ast.ts";
import type { Scope } from "../../python/scope.ts";
import { scopesBelow, scopesOfStatement } from "../../python/scopes.ts";
import { walk } from "../../python/walk.ts";
import { type Bench, bindersOf, kept } from "../bench.ts";
import type { Facts } from "../facts.ts";
import { moduleName } from "../names.ts";
import { codeUse } from "../parameters/parameters.ts";
import { secretsIn } from "../parameters/secrets.ts";
import type { NamedLambda } from "../plan.ts";
import type { Flow } from "../stages/flow.ts";
import { assignedName } from "../statement-kinds.ts";
import { unsavableAfter } from "../unsavable.ts";
import type { ModuleDefinition } from "./definitions.ts";

/**
 * Finds the notebook's lambdas, and which of them can stand as functions in the module of definitions: those that read
 * nothing that the notebook computes, that a run can be given, or that a function around them binds. A value that holds
 * such a function can be saved, because every process finds it there by its name.
 */
export function findLambdas(bench: Bench, definitions: readonly ModuleDefinition[]): void {
  const isFixed = fixedNames(bench, definitions);
  for (const facts of kept(bench)) {
    const { node, cell } = facts.statement;
    if (bench.homes.get(facts.id) === "import") continue;
    if (bench.cells.get(cell)?.translation.python.slice(node.start, node.end).includes("lambda") !== true) continue;
    const [inText] = bench.namesInTexts.of(facts.statement);
    const secrets = secretsIn(facts).map((each) => each.node);
    for (const scope of scopesBelow(scopesOfStatement(node))) {
      if (scope.node.type !== "Lambda") continue;
      const { node: lambda } = scope;
      const isSecret = secrets.some(({ start, end }) => lambda.start <= start && end <= lambda.end);
      const needs = inText ?? (isSecret ? "a secret" : isPlain(lambda) ? needed(scope, isFixed) : "its defaults");
      bench.lambdas.set(lambda, { facts, ...(needs === undefined ? {} : { needs }) });
    }
  }
}

/** Names that mean the same in every process: builtins, imports, what stands in the module of definitions. */
function fixedNames(bench: Bench, definitions: readonly ModuleDefinition[]): (name: string) => boolean {
  const binders = bindersOf(bench);
  const lifted = new Set(definitions.filter((each) => each.lifted.length > 0).map(({ name }) => name));
  const homes = new Set(["import", "definition", "constant"]);
  return (name) => {
    const [binder, ...others] = binders.get(name) ?? [];
    if (binder === undefined) return isBuiltin(name) && name !== "super";
    return others.length === 0 && !lifted.has(name) && homes.has(bench.homes.get(binder.id) ?? "");
  };
}

/** A function of this body does what the lambda does, wherever it stands. */
function isPlain({ args, body }: ast.Lambda): boolean {
  const all = [...args.posonlyargs, ...args.args, ...args.kwonlyargs];
  return (
    all.every(({ default: value }) => value === undefined || value.type === "Constant") &&
    walk(body).every(({ node }) => !/^(Yield|YieldFrom|Await)$/.test(node.type))
  );
}

/** A name that it reads and that only the code around it has. */
function needed(lambda: Scope, isFixed: (name: string) => boolean): string | undefined {
  for (const [name, { home }] of lambda.names) if (home === "free") return name;
  for (const { names } of [lambda, ...scopesBelow(lambda)])
    for (const [name, { home }] of names) if (home === "global" && !isFixed(name)) return name;
  return undefined;
}

/** The lambdas that values hold which cross stages, each with the name that it gets. */
export function namedLambdas(bench: Bench, flows: readonly Flow[]): readonly NamedLambda[] {
  bench.savedLambdas.clear();
  for (const { inputs } of flows) {
    for (const [name, from] of inputs) {
      const last = flows[from]?.statements.at(-1);
      if (last !== undefined) unsavableAfter(bench, name, last.id);
    }
  }
  const taken = new Set(bench.facts.flatMap(({ reads, binds }) => [...reads, ...binds.keys()]));
  return [...bench.savedLambdas].flatMap((lambda) => {
    const facts = bench.lambdas.get(lambda)?.facts;
    return facts === undefined
      ? []
      : [{ function: nameOf(bench, lambda, facts, taken), use: codeUse(bench, facts, lambda) }];
  });
}

/** What it is called already (`f = lambda ...`), or by whom it is kept and as what: `loader_collate_fn`. */
function nameOf(bench: Bench, lambda: ast.Lambda, { id, statement }: Facts, taken: Set<string>): string {
  const { node, calls } = statement;
  const assigned = assignedName(node);
  if (assigned?.value === lambda && bench.homes.get(id) === "definition") return assigned.target.id;
  let keeper = node.type === "ClassDef" ? node.name.name : (assigned?.target.id ?? "");
  let part = "";
  for (const { node: each } of walk(node)) {
    if (each.type === "Call") {
      const keyword = each.keywords.find(({ value }) => value === lambda)?.arg?.name;
      const position = each.args.indexOf(lambda);
      const call = calls.find(({ node: one }) => one === each);
      part = keyword ?? (position === -1 ? part : (call?.effect?.signature?.[position] ?? part));
    } else if (each.type === "Dict") {
      const key = each.keys[each.values.indexOf(lambda)];
      if (key?.type === "Constant" && typeof key.value === "string") part = key.value;
    } else if (each.type === "Assign" && each.value === lambda) {
      const [target] = each.targets;
      if (target?.type === "Attribute") part = target.attr.name;
      if (target?.type === "Name") keeper = target.id;
    } else if (each.type === "AnnAssign" && each.value === lambda && each.target.type === "Name") {
      part = each.target.id;
    }
  }
  const name = moduleName(`${keeper}_${part === "" ? "function" : part}`, "function", (each) => taken.has(each));
  taken.add(name);
  return name;
}
