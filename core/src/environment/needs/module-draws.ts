import type { ParsedCell } from "../../dataflow/model.ts";
import { EffectCatalog } from "../../effects/catalog.ts";
import type { RandomStream } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";

/** Streams of random numbers that modules draw from wherever they call a library: what they are called with is not followed. */
export function streamsDrawn(modules: readonly Pick<ParsedCell, "module">[]): readonly RandomStream[] {
  const catalog = new EffectCatalog();
  const streams = new Set<RandomStream>();
  for (const { module } of modules) {
    const nodes = walk(module).map(({ node }) => node);
    const imported = new Map(nodes.flatMap(importedNames));
    for (const node of nodes) {
      const name = node.type === "Call" ? qualified(node.func, imported) : undefined;
      const random = name === undefined ? undefined : catalog.lookup(name)?.random;
      if (random?.use === "draw" && !isSeeded(node as ast.Call, random.seedArgument)) streams.add(random.stream);
    }
  }
  return [...streams];
}

function isSeeded({ keywords }: ast.Call, seedArgument: unknown): boolean {
  const seed = keywords.find(({ arg }) => arg?.name === seedArgument)?.value;
  return seed !== undefined && !(seed.type === "Constant" && seed.value === null);
}

/** `np` is `numpy`. */
function importedNames(node: { readonly type: string }): readonly (readonly [name: string, qualified: string])[] {
  const { type } = node;
  if (type === "Import") {
    return (node as ast.Import).names.map(({ name, asname }) => {
      const root = name.split(".", 1)[0] as string;
      return asname === undefined ? [root, root] : [asname.name, name];
    });
  }
  if (type !== "ImportFrom") return [];
  const { module, level, names } = node as ast.ImportFrom;
  return level > 0 || module === undefined
    ? []
    : names.map(({ name, asname }) => [asname?.name ?? name, `${module}.${name}`] as const);
}

function qualified(func: ast.Expr, imported: ReadonlyMap<string, string>): string | undefined {
  if (func.type === "Name") return imported.get(func.id);
  if (func.type !== "Attribute") return undefined;
  const base = qualified(func.value, imported);
  return base === undefined ? undefined : `${base}.${func.attr.name}`;
}
