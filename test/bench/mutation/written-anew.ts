import type { WrittenFiles } from "../../../core/src/verify/sides/written-files.ts";

/** What a whole run has written, when only some of its steps ran anew and the rest is taken from an earlier run. */
export function writtenAnew(earlier: WrittenFiles, steps: ReadonlySet<string>, anew: WrittenFiles): WrittenFiles {
  if (earlier === undefined || anew === undefined) return undefined;
  return new Map([...[...earlier].filter(([, { by }]) => !steps.has(by)), ...anew]);
}
