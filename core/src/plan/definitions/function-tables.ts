import type * as ast from "../../python/ast.ts";
import { isDefinition } from "../../python/definition.ts";
import { globalNames } from "../../python/scopes.ts";
import { type Bench, bindersOf, importedNames, kept, open } from "../bench.ts";
import { assignedName } from "../statement-kinds.ts";

/**
 * Names of tables of the notebook's functions and classes that its definitions look things up in: `OPS = {"+": add}`.
 * Bound once and never changed, they are as fixed as what they hold, and belong with it.
 */
export function functionTables(bench: Bench): ReadonlySet<string> {
  const binders = bindersOf(bench);
  const all = kept(bench);
  const touched = new Set(all.flatMap(({ changes, changesToo, deletes }) => [...changes, ...changesToo, ...deletes]));
  const definitions = open(bench).filter(({ statement }) => isDefinition(statement.node));
  const defined = new Set(definitions.flatMap(({ binds }) => [...binds.keys()]));
  const imported = importedNames(bench);
  const looked = new Set(definitions.flatMap(({ statement }) => [...globalNames(statement.node)]));
  const found = open(bench).flatMap(({ statement }) => {
    const assigned = assignedName(statement.node);
    if (assigned === undefined || !isContainer(assigned.value)) return [];
    const name = assigned.target.id;
    if (!looked.has(name) || touched.has(name) || binders.get(name)?.length !== 1) return [];
    const parts = partsOf(assigned.value);
    const isFixed = parts?.every((part) => defined.has(part) || imported.has(part));
    return isFixed && parts?.some((part) => defined.has(part)) ? [name] : [];
  });
  return new Set(found);
}

function isContainer({ type }: ast.Expr): boolean {
  return type === "Dict" || type === "List" || type === "Tuple" || type === "Set";
}

/** The names that stand in nested containers beside literals; absent where anything is computed. */
function partsOf(node: ast.Expr): readonly string[] | undefined {
  switch (node.type) {
    case "Constant":
      return [];
    case "Name":
      return [node.id];
    case "Attribute":
      return partsOf(node.value);
    case "List":
    case "Tuple":
    case "Set":
      return allOf(node.elts);
    case "Dict":
      return allOf([...node.keys, ...node.values]);
    default:
      return undefined;
  }
}

function allOf(nodes: readonly (ast.Expr | undefined)[]): readonly string[] | undefined {
  const parts = nodes.map((node) => (node === undefined ? undefined : partsOf(node)));
  return parts.every((each) => each !== undefined) ? parts.flat() : undefined;
}
