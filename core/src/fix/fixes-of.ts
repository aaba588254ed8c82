import { inclusionsOf } from "../inclusion/inclusion.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Finding, Fix } from "../rules/finding.ts";
import { LineIndex } from "../text/position.ts";
import { assignColumn } from "./assign-column.ts";
import { cellOrder } from "./cell-order.ts";
import { takeIndentation } from "./first-indentation.ts";
import type { Fixer } from "./fixer.ts";
import { leaveOut } from "./leave-out.ts";
import { missingImport } from "./missing-import.ts";
import { moveDefinition } from "./move-definition.ts";
import { namedResult } from "./named-result.ts";
import { pathParameter } from "./path-parameter.ts";
import { recordedValue } from "./recorded-value.ts";
import { renamed } from "./renamed.ts";
import { renamedApi } from "./renamed-api.ts";
import { secretVariable } from "./secret-variable.ts";
import { seedFirst } from "./seed-first.ts";
import { seedStream } from "./seed-stream.ts";
import { sortedListing } from "./sorted-listing.ts";

/** What mends the findings of a rule, beside the fixes that the rule has itself; the first that can is the best. */
const fixers: Readonly<Record<string, readonly Fixer[]>> = {
  NB101: [missingImport, renamed, recordedValue],
  NB102: [cellOrder, moveDefinition],
  NB103: [missingImport, renamed, recordedValue],
  NB104: [cellOrder],
  NB113: [leaveOut],
  NB116: [namedResult],
  NB118: [takeIndentation],
  NB201: [seedStream],
  NB202: [seedFirst],
  NB205: [sortedListing],
  NB301: [pathParameter],
  NB306: [secretVariable],
  NB405: [renamedApi],
  NB407: [assignColumn],
};

/** Every safe mend of a finding, the best first. The notebook is mended, never the files that it runs. */
export function fixesOf(analysis: Analysis, finding: Finding): readonly Fix[] {
  const found = (fixers[finding.rule] ?? []).flatMap((fixer) => fixer(analysis, finding) ?? []);
  const own = finding.fixes.filter(({ id }) => found.every((fix) => fix.id !== id));
  return [...found, ...own.map((fix) => ownFix(finding, fix))].filter((fix) => !touchesRunFiles(analysis, fix));
}

/** Whether an edit stands where a file is run: what it means to change stands in that file. */
function touchesRunFiles({ document }: Analysis, { edits }: Fix): boolean {
  return edits.some(({ cell, range }) => {
    const translation = document.cells.find((each) => each.cell.index === cell)?.translation;
    const inclusions = translation === undefined ? [] : inclusionsOf(translation);
    if (translation === undefined || inclusions.length === 0) return false;
    const lines = new LineIndex(translation.source);
    const [start, end] = [lines.offset(range.start), lines.offset(range.end)];
    return inclusions.some(({ command }) => start < command.end && end >= command.start && start >= command.start);
  });
}

/** The findings with every safe mend that is known of each. */
export function withFixes(analysis: Analysis, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, fixes: fixesOf(analysis, finding) }));
}

/** A seed gives other numbers than the run without it had. */
function ownFix({ rule }: Finding, fix: Fix): Fix {
  return fix.changesValues === undefined && rule.startsWith("NB2") ? { ...fix, changesValues: true } : fix;
}
