import type * as ast from "./ast.ts";
import { type TypedNode, walk } from "./walk.ts";

/** What each name stands for that imports of a module bind, wherever these are: `np` is `numpy`. */
export function importedNames(module: TypedNode): ReadonlyMap<string, string> {
  return new Map(walk(module).flatMap(({ node }) => namesOf(node)));
}

/** `sklearn.metrics.r2_score` for `metrics.r2_score`; undefined for what no import leads to. */
export function qualifiedName(func: ast.Expr, imported: ReadonlyMap<string, string>): string | undefined {
  if (func.type === "Name") return imported.get(func.id);
  if (func.type !== "Attribute") return undefined;
  const base = qualifiedName(func.value, imported);
  return base === undefined ? undefined : `${base}.${func.attr.name}`;
}

function namesOf(node: TypedNode): readonly (readonly [name: string, qualified: string])[] {
  if (node.type === "Import") {
    return node.names.map(({ name, asname }) => {
      const root = name.split(".", 1)[0] as string;
      return asname === undefined ? [root, root] : [asname.name, name];
    });
  }
  if (node.type !== "ImportFrom" || node.level > 0 || node.module === undefined) return [];
  return node.names.map(({ name, asname }) => [asname?.name ?? name, `${node.module}.${name}`] as const);
}
