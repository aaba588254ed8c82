import type { ParsedCell } from "../../dataflow/model.ts";
import type { RandomStream } from "../../effects/effect.ts";
import { knownCalls } from "../../effects/known-calls.ts";
import { leavesOpen } from "../../rules/condition.ts";

/** Streams of random numbers that modules draw from wherever they call a library: what they are called with is not followed. */
export function streamsDrawn(modules: readonly Pick<ParsedCell, "module">[]): readonly RandomStream[] {
  const streams = modules
    .flatMap(({ module }) => knownCalls([module]))
    .flatMap(({ node, effect }) => {
      const { random } = effect;
      return random?.use === "draw" && leavesOpen(node, effect, random.seedArgument) ? [random.stream] : [];
    });
  return [...new Set(streams)];
}
