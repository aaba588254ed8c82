import { isBuiltin } from "../../dataflow/names/injected-names.ts";
import type * as ast from "../../python/ast.ts";
import { isDefinition, isFunction } from "../../python/definition.ts";
import type { NameInScope, Scope } from "../../python/scope.ts";
import { scopesBelow, scopesOf } from "../../python/scopes.ts";
import { type TypedNode, walk } from "../../python/walk.ts";
import { type Binding, bindingsOf, ownNodes } from "./bindings.ts";

/** The names of a module. */
export interface ModuleNames {
  /** What something in the module reads from it or from the builtins. */
  readonly read: ReadonlySet<string>;
  /** Whether a function has a variable that nothing reads (F841). */
  readonly haveIdle: boolean;
  /**
   * Whether they may break another rule of pyflakes: a name that nothing binds (F821) or that is read before (F823), one
   * that is bound over before it is used (F402, F811), an import that does not stand at the beginning (E402, I001). True
   * for all that breaks them, and for some that does not.
   */
  readonly areDoubtful: boolean;
}

/** Looks at the names of a module. */
export function moduleNames(module: ast.Module): ModuleNames {
  const top = scopesOf(module);
  const scopes = new Map([top, ...scopesBelow(top)].map((scope) => [scope.node, scope]));
  const read = namesRead(module, top, scopes.values());
  const isUnknown = (name: string) => !isBuiltin(name) && !isBound(top.names.get(name));
  const imported = new Set([...top.names].flatMap(([name, { isImported }]) => (isImported ? name : [])));
  const blocks = [module, ...walk(module).flatMap(({ node }) => (isDefinition(node) ? [node] : []))];
  const areDoubtful =
    top.names.has("__all__") ||
    read.has("locals") ||
    [...read].some(isUnknown) ||
    blocks.some((block) => isDoubtfulBlock(block, imported, scopes.get(block)));
  const haveIdle = blocks.some((block) => isFunction(block) && hasIdleVariable(block, scopes.get(block)));
  return { read, haveIdle, areDoubtful };
}

function isBound(use: NameInScope | undefined): boolean {
  return use !== undefined && (use.isAssigned || use.isImported);
}

/** Annotations that are not evaluated read too. */
function namesRead(module: ast.Module, top: Scope, scopes: Iterable<Scope>): ReadonlySet<string> {
  const read = new Set<string>();
  for (const scope of scopes) {
    for (const [name, { home, isReferenced }] of scope.names)
      if (isReferenced && (home === "global" || scope === top)) read.add(name);
  }
  for (const { node } of walk(module)) {
    for (const annotation of annotationsIn(node))
      for (const { node: part } of walk(annotation)) if (part.type === "Name") read.add(part.id);
  }
  return read;
}

function annotationsIn(node: TypedNode): readonly ast.Expr[] {
  if (node.type === "AnnAssign") return [node.annotation];
  if (!isFunction(node)) return [];
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const all = [...posonlyargs, ...args, vararg, ...kwonlyargs, kwarg].map((each) => each?.annotation);
  return [...all, node.returns].filter((each) => each !== undefined);
}

function isDoubtfulBlock(
  block: ast.Module | ast.FunctionDef | ast.ClassDef,
  imported: ReadonlySet<string>,
  scope: Scope | undefined,
): boolean {
  const nodes = ownNodes(block.body);
  const bindings = nodes.flatMap(bindingsOf);
  const byName = Map.groupBy(bindings, ({ name }) => name);
  return (
    bindings.some(({ name, by }) => (by === "import" ? block.type !== "Module" : imported.has(name))) ||
    [...byName.values()].some((all) => all.length > 1 && all.some(({ by }) => by === "definition")) ||
    readsTooEarly(nodes, byName, scope)
  );
}

/** Names of variables that are there to be ignored. */
const ignored = /^_+(?:\w*[a-zA-Z0-9])?$/;

function hasIdleVariable(block: ast.FunctionDef, scope: Scope | undefined): boolean {
  return ownNodes(block.body)
    .flatMap(bindingsOf)
    .some(({ name, by }) => by === "plain" && !ignored.test(name) && isIdle(scope?.names.get(name)));
}

/** A variable that neither its function nor one inside it reads. */
function isIdle(use: NameInScope | undefined): boolean {
  return use?.home === "local" && !use.isReferenced && !use.isParameter;
}

/** Whether a block reads one of its names above the place that binds it first. */
function readsTooEarly(
  nodes: readonly TypedNode[],
  bindings: ReadonlyMap<string, readonly Binding[]>,
  scope: Scope | undefined,
): boolean {
  const targets = new Set<TypedNode>([...bindings.values()].flat().flatMap(({ target }) => target ?? []));
  return nodes.some((node) => {
    if (node.type !== "Name" || targets.has(node)) return false;
    const all = bindings.get(node.id);
    if (all === undefined || scope?.names.get(node.id)?.isParameter === true) return false;
    return node.start < Math.min(...all.map(({ from }) => from));
  });
}
