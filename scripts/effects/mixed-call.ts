import type { Probe } from "./observation.ts";

/** The calls that can be told from; all where none can. */
export function clearProbes(probes: readonly Probe[]): readonly Probe[] {
  const clear = probes.filter((probe) => !isMixed(probe));
  return clear.length > 0 ? clear : probes;
}

/**
 * Whether one sample stands in two places of a call (`x.add_(x)`): what was seen of it is told of one of them, whichever
 * it happened to.
 */
function isMixed({ call }: Probe): boolean {
  const [, receiver = "", given = ""] = /^([\w.]*)\.\w+\((.*)\)$/s.exec(call) ?? [];
  const samples = [receiver, ...given.split(",").map((one) => one.replace(/^\s*\w+=/, "").trim())];
  const named = samples.filter((one) => /^[a-zA-Z]\w*$/.test(one));
  return new Set(named).size < named.length;
}
