import type { ParsedCell } from "../../dataflow/model.ts";
import { EffectCatalog } from "../../effects/catalog.ts";
import type { RandomStream } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import { importedNames, qualifiedName } from "../../python/qualified-names.ts";
import { walk } from "../../python/walk.ts";

/** Streams of random numbers that modules draw from wherever they call a library: what they are called with is not followed. */
export function streamsDrawn(modules: readonly Pick<ParsedCell, "module">[]): readonly RandomStream[] {
  const catalog = new EffectCatalog();
  const streams = new Set<RandomStream>();
  for (const { module } of modules) {
    const imported = importedNames(module);
    for (const { node } of walk(module)) {
      const name = node.type === "Call" ? qualifiedName(node.func, imported) : undefined;
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
