import { absolutePath } from "./absolute-path.ts";
import { accelerator } from "./accelerator.ts";
import type { Analysis } from "./analysis.ts";
import { apiAbsent } from "./api-absent.ts";
import { chainedInplace } from "./chained-inplace.ts";
import { changesDirectory } from "./changes-directory.ts";
import { clockOrUuid } from "./clock-or-uuid.ts";
import { copiedNumber } from "./copied-number.ts";
import { definedLater } from "./defined-later.ts";
import { editedSinceRun } from "./edited-since-run.ts";
import { escapesProject } from "./escapes-project.ts";
import { failedThenContinued } from "./failed-then-continued.ts";
import type { Finding, Rule, Severity } from "./finding.ts";
import { fitBeforeSplit } from "./fit-before-split.ts";
import { freeVariableDrift } from "./free-variable-drift.ts";
import { gaps } from "./gaps.ts";
import { groupOrTime } from "./group-or-time.ts";
import { installInCell } from "./install-in-cell.ts";
import { kernelOnlyInput } from "./kernel-only-input.ts";
import { kernelspecMismatch } from "./kernelspec-mismatch.ts";
import { localModuleMissing } from "./local-module-missing.ts";
import { missingFile } from "./missing-file.ts";
import { mixedSessions } from "./mixed-sessions.ts";
import { networkOrModelCall } from "./network-or-model-call.ts";
import { neverRun } from "./never-run.ts";
import { noHeldOut } from "./no-held-out.ts";
import { noRandomState } from "./no-random-state.ts";
import { notIdempotent } from "./not-idempotent.ts";
import { orderDivergence } from "./order-divergence.ts";
import { outOfOrder } from "./out-of-order.ts";
import { overlap } from "./overlap.ts";
import { phantomDefinition } from "./phantom-definition.ts";
import { remoteChange } from "./remote-change.ts";
import { findingOf } from "./rule.ts";
import { secret } from "./secret.ts";
import { seedAfterDraw } from "./seed-after-draw.ts";
import { sessionLeakage } from "./session-leakage.ts";
import { shadowedBuiltin } from "./shadowed-builtin.ts";
import { staleOutput } from "./stale-output.ts";
import { streamShift } from "./stream-shift.ts";
import { type Suppression, suppresses, suppressionsOf } from "./suppression.ts";
import { systemPackage } from "./system-package.ts";
import { targetDerived } from "./target-derived.ts";
import { testReused } from "./test-reused.ts";
import { undeclaredFileEdge } from "./undeclared-file-edge.ts";
import { undefinedName } from "./undefined-name.ts";
import { unordered } from "./unordered.ts";
import { unpinnedImport } from "./unpinned-import.ts";
import { unseededDraw } from "./unseeded-draw.ts";

/** Every rule, in the order of its id. */
export const rules: readonly Rule[] = [
  undefinedName,
  definedLater,
  phantomDefinition,
  orderDivergence,
  editedSinceRun,
  staleOutput,
  freeVariableDrift,
  remoteChange,
  notIdempotent,
  failedThenContinued,
  outOfOrder,
  gaps,
  neverRun,
  mixedSessions,
  shadowedBuiltin,
  kernelOnlyInput,
  copiedNumber,
  unseededDraw,
  seedAfterDraw,
  streamShift,
  noRandomState,
  unordered,
  clockOrUuid,
  accelerator,
  networkOrModelCall,
  absolutePath,
  escapesProject,
  changesDirectory,
  missingFile,
  undeclaredFileEdge,
  secret,
  unpinnedImport,
  installInCell,
  kernelspecMismatch,
  localModuleMissing,
  apiAbsent,
  systemPackage,
  chainedInplace,
  fitBeforeSplit,
  overlap,
  testReused,
  noHeldOut,
  groupOrTime,
  targetDerived,
  sessionLeakage,
];

/** Ids of rules, or beginnings of ids: `NB1`, `NB501`. */
export interface FindingOptions {
  /** Only these; all where absent. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  /** Other severities than the rules' own, by id or beginning of an id; the longest that fits counts. */
  readonly severity?: Readonly<Record<string, Severity>>;
}

export interface Findings {
  /** By cell, place and rule. */
  readonly findings: readonly Finding[];
  /** Findings that comments and tags in the notebook suppress. */
  readonly suppressed: readonly SuppressedFinding[];
}

/** A finding that the author knows of. */
export interface SuppressedFinding extends Finding {
  /** What the author says about it, where anything is said. */
  readonly reason?: string;
}

/** What the rules say of a notebook. A suppression that suppresses nothing is a finding itself (NB901). */
export function findings(analysis: Analysis, options: FindingOptions = {}): Findings {
  const { select, ignore = [] } = options;
  const isWanted = (id: string): boolean =>
    (select === undefined || select.some((start) => id.startsWith(start))) &&
    !ignore.some((start) => id.startsWith(start));
  const suppressions = suppressionsOf(analysis);
  const used = new Set<Suppression>();
  const told: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const rule of rules) {
    if (!isWanted(rule.id)) continue;
    for (const finding of rule.check(analysis)) {
      const by = suppressions.filter((suppression) => suppresses(suppression, finding));
      for (const suppression of by) used.add(suppression);
      const reason = by.map((suppression) => suppression.reason).find((text) => text !== undefined);
      const weighed = withSeverity(finding, options.severity);
      if (by.length > 0) suppressed.push({ ...weighed, ...(reason === undefined ? {} : { reason }) });
      else told.push(weighed);
    }
  }
  if (isWanted("NB901")) {
    for (const suppression of suppressions) {
      const isJudged = rules.some(({ id }) => id.startsWith(suppression.rule) && isWanted(id));
      const isKnown = suppression.rule !== "" && rules.some(({ id }) => id.startsWith(suppression.rule));
      if (!used.has(suppression) && (isJudged || !isKnown)) told.push(unused(analysis, suppression, isKnown));
    }
  }
  return { findings: told.sort(byPlace), suppressed: suppressed.sort(byPlace) };
}

function withSeverity(finding: Finding, severities: FindingOptions["severity"] = {}): Finding {
  const [start] = Object.keys(severities)
    .filter((id) => finding.rule.startsWith(id))
    .sort((one, other) => other.length - one.length);
  const severity = start === undefined ? undefined : severities[start];
  return severity === undefined ? finding : { ...finding, severity };
}

function unused(analysis: Analysis, { cell, range, rule, text }: Suppression, isKnown: boolean): Finding {
  return findingOf("NB901", analysis, {
    tier: "proof",
    severity: "info",
    cell,
    range,
    subject: rule,
    message: isKnown
      ? `There is no finding of ${rule} here for ${text} to suppress. Remove it, so that it does not hide one later.`
      : `There is no rule ${rule || "without a name"}, which ${text} names. Correct the id, or remove it.`,
  });
}

function byPlace(one: Finding, other: Finding): number {
  return (
    one.cell - other.cell ||
    one.range.start.line - other.range.start.line ||
    one.range.start.column - other.range.start.column ||
    (one.rule < other.rule ? -1 : one.rule > other.rule ? 1 : 0)
  );
}
