import type { Analysis } from "./analysis.ts";
import { apiAbsent } from "./environment/api-absent.ts";
import { chainedInplace } from "./environment/chained-inplace.ts";
import { installInCell } from "./environment/install-in-cell.ts";
import { kernelspecMismatch } from "./environment/kernelspec-mismatch.ts";
import { localModuleMissing } from "./environment/local-module-missing.ts";
import { systemPackage } from "./environment/system-package.ts";
import { unpinnedImport } from "./environment/unpinned-import.ts";
import { absolutePath } from "./files/absolute-path.ts";
import { changesDirectory } from "./files/changes-directory.ts";
import { escapesProject } from "./files/escapes-project.ts";
import { missingFile } from "./files/missing-file.ts";
import { secret } from "./files/secret.ts";
import { undeclaredFileEdge } from "./files/undeclared-file-edge.ts";
import type { Finding, Rule, Severity } from "./finding.ts";
import { fitBeforeSplit } from "./learning/fit-before-split.ts";
import { groupOrTime } from "./learning/group-or-time.ts";
import { noHeldOut } from "./learning/no-held-out.ts";
import { overlap } from "./learning/overlap.ts";
import { sessionLeakage } from "./learning/session-leakage.ts";
import { targetDerived } from "./learning/target-derived.ts";
import { testReused } from "./learning/test-reused.ts";
import { accelerator } from "./randomness/accelerator.ts";
import { clockOrUuid } from "./randomness/clock-or-uuid.ts";
import { networkOrModelCall } from "./randomness/network-or-model-call.ts";
import { noRandomState } from "./randomness/no-random-state.ts";
import { seedAfterDraw } from "./randomness/seed-after-draw.ts";
import { streamShift } from "./randomness/stream-shift.ts";
import { unordered } from "./randomness/unordered.ts";
import { unseededDraw } from "./randomness/unseeded-draw.ts";
import { findingOf } from "./rule.ts";
import { copiedNumber } from "./state/copied-number.ts";
import { definedLater } from "./state/defined-later.ts";
import { editedSinceRun } from "./state/edited-since-run.ts";
import { failedThenContinued } from "./state/failed-then-continued.ts";
import { freeVariableDrift } from "./state/free-variable-drift.ts";
import { gaps } from "./state/gaps.ts";
import { kernelOnlyInput } from "./state/kernel-only-input.ts";
import { mixedSessions } from "./state/mixed-sessions.ts";
import { neverRun } from "./state/never-run.ts";
import { notIdempotent } from "./state/not-idempotent.ts";
import { orderDivergence } from "./state/order-divergence.ts";
import { outOfOrder } from "./state/out-of-order.ts";
import { phantomDefinition } from "./state/phantom-definition.ts";
import { remoteChange } from "./state/remote-change.ts";
import { shadowedBuiltin } from "./state/shadowed-builtin.ts";
import { staleOutput } from "./state/stale-output.ts";
import { syntaxError } from "./state/syntax-error.ts";
import { undefinedName } from "./state/undefined-name.ts";
import { type Suppression, suppresses, suppressionsOf } from "./suppression.ts";

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
  syntaxError,
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
