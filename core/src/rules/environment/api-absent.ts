import type { Analysis } from "../analysis.ts";
import { rule, sourceRange } from "../rule.ts";
import type { Removal } from "./removal.ts";
import { removalsUsed } from "./removals-used.ts";
import { spacedMagics } from "./spaced-magic.ts";
import { unloadedMagics } from "./unloaded-magic.ts";

export const apiAbsent = rule("NB405", function* (analysis) {
  const told = new Set<string>();
  yield* spacedMagics(analysis.document);
  yield* unloadedMagics(analysis.document);
  for (const { removal, cell, node } of removalsUsed(analysis.document)) {
    const { subject, what, since, instead, errors } = removal;
    const version = versionWithout(analysis, removal);
    if (version === undefined || told.has(subject)) continue;
    told.add(subject);
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.translation.cell,
      range: sourceRange(cell, node),
      subject,
      message:
        `${what} since version ${since}, and ${version}: the call fails there. ` +
        `Use ${instead} instead, or pin a version below ${since}.`,
      predicts: `${errors}: ${subject}`,
    };
  }
});

/** Why the notebook will meet a version without it; absent where an older one may be meant. */
function versionWithout({ versions, unpinned }: Analysis, { library, since }: Removal): string | undefined {
  const version = versions !== undefined && Object.hasOwn(versions, library) ? versions[library] : undefined;
  if (version !== undefined) return isAtLeast(version, since) ? `the environment has ${version}` : undefined;
  return unpinned?.includes(library) === true ? "nothing pins an older one" : undefined;
}

function isAtLeast(version: string, since: string): boolean {
  const [one, other] = [version, since].map((text) => text.split(".").map((part) => Number.parseInt(part, 10) || 0));
  for (const [index, wanted] of (other ?? []).entries()) {
    const has = one?.[index] ?? 0;
    if (has !== wanted) return has > wanted;
  }
  return true;
}
