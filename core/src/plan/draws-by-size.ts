import type { Dataflow } from "../dataflow/model.ts";
import type { RandomStream } from "../effects/effect.ts";
import { type KnownCall, knownCalls } from "../effects/known-calls.ts";
import { given, leavesOpen, meets } from "../rules/condition.ts";

/**
 * Streams that something which the notebook makes draws from, or does not, by the size of the data: of a large table
 * `PCA(n_components=2)` takes a random part.
 */
export function streamsDrawnBySize({ cells }: Pick<Dataflow, "cells">): ReadonlySet<RandomStream> {
  const calls = knownCalls(cells.map(({ module }) => module)).filter(mayDraw);
  return new Set(calls.flatMap(({ effect }) => effect.random?.stream ?? []));
}

function mayDraw({ node, effect }: KnownCall): boolean {
  const { bySize, seedArgument } = effect.random ?? {};
  if (bySize === undefined || !leavesOpen(node, effect, seedArgument)) return false;
  if (bySize.given !== undefined && given(node, effect, bySize.given) === undefined) return false;
  return meets(node, effect, bySize.when);
}
