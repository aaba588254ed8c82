import type { Dataflow } from "../dataflow/model.ts";
import { EffectCatalog } from "../effects/catalog.ts";
import type { Effect, RandomDraw, RandomStream } from "../effects/effect.ts";
import type * as ast from "../python/ast.ts";
import { importedNames, qualifiedName } from "../python/qualified-names.ts";
import { walk } from "../python/walk.ts";
import { given, meets } from "../rules/condition.ts";

/**
 * Streams that something which the notebook makes draws from, or does not, by the size of the data: of a large table
 * `PCA(n_components=2)` takes a random part.
 */
export function streamsDrawnBySize({ cells }: Pick<Dataflow, "cells">): ReadonlySet<RandomStream> {
  const catalog = new EffectCatalog();
  const imported = new Map(cells.flatMap(({ module }) => [...importedNames(module)]));
  const streams = new Set<RandomStream>();
  for (const { module } of cells) {
    for (const { node } of walk(module)) {
      const name = node.type === "Call" ? qualifiedName(node.func, imported) : undefined;
      const effect = name === undefined ? undefined : catalog.lookup(name);
      if (effect?.random?.bySize !== undefined && mayDraw(node as ast.Call, effect, effect.random)) {
        streams.add(effect.random.stream);
      }
    }
  }
  return streams;
}

function mayDraw(node: ast.Call, effect: Effect, { bySize, seedArgument }: RandomDraw): boolean {
  const seed = typeof seedArgument === "string" ? given(node, effect, seedArgument) : undefined;
  if (seed !== undefined && !(seed.type === "Constant" && seed.value === null)) return false;
  if (bySize?.given !== undefined && given(node, effect, bySize.given) === undefined) return false;
  return meets(node, effect, bySize?.when);
}
