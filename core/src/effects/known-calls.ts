import type * as ast from "../python/ast.ts";
import { importedNames, qualifiedName } from "../python/qualified-names.ts";
import { walk } from "../python/walk.ts";
import { EffectCatalog } from "./catalog.ts";
import type { Effect } from "./effect.ts";

/** A call of a function that the tables know. */
export interface KnownCall {
  readonly node: ast.Call;
  readonly effect: Effect;
}

/** The calls of library functions in code that shares its imports, wherever they stand: found by their names alone. */
export function knownCalls(modules: readonly ast.Module[]): readonly KnownCall[] {
  const catalog = new EffectCatalog();
  const imported = new Map(modules.flatMap((module) => [...importedNames(module)]));
  return modules.flatMap((module) =>
    walk(module).flatMap(({ node }): readonly KnownCall[] => {
      const name = node.type === "Call" ? qualifiedName(node.func, imported) : undefined;
      const effect = name === undefined ? undefined : catalog.lookup(name);
      return node.type === "Call" && effect !== undefined ? [{ node, effect }] : [];
    }),
  );
}
