import type { Notebook } from "../../notebook/model.ts";
import type { Finding } from "../../rules/finding.ts";
import * as errors from "./judge-errors.ts";
import * as values from "./judge-values.ts";
import { type Judge, type Judgement, notDecided } from "./judgement.ts";
import type { NotebookTrials } from "./notebook-trials.ts";

/** Who decides on the findings of a rule, by what the rule predicts. */
const judges: Readonly<Record<string, Judge>> = {
  NB101: errors.undefinedName,
  NB102: errors.undefinedName,
  NB103: errors.undefinedName,
  NB104: values.orderDivergence,
  NB105: values.savedOutput,
  NB106: values.savedOutput,
  NB107: values.freeVariableDrift,
  NB108: values.remoteChange,
  NB109: values.notIdempotent,
  NB110: errors.failsAgain,
  NB111: values.outOfOrder,
  NB113: values.neverRun,
  NB114: values.mixedSessions,
  NB115: errors.shadowedBuiltin,
  NB116: errors.kernelInput,
  NB117: values.copiedNumber,
  NB118: errors.notPython,
  NB201: values.unrepeatable,
  NB202: values.unrepeatable,
  NB203: values.outOfOrder,
  NB204: values.unrepeatable,
  NB205: values.unrepeatable,
  NB206: values.unrepeatable,
  NB301: errors.missingFile,
  NB302: errors.missingFile,
  NB304: errors.missingFile,
  NB404: errors.missingModule,
  NB405: errors.absentApi,
  NB407: values.lostChange,
  NB507: values.unrepeatable,
};

/** Why runs on one machine do not decide on the others. */
const reasons: readonly (readonly [start: string, why: string])[] = [
  ["NB112", "lost counts predict nothing that a run could show"],
  ["NB207", "it takes runs on the accelerator that the notebook means"],
  ["NB208", "what a service answers tomorrow cannot be run today"],
  ["NB3", "it takes another machine to show"],
  ["NB4", "it takes another environment to show"],
  ["NB5", "a run gives the numbers, not whether they are earned"],
];

/** What the runs say of each finding, in the order of the findings. */
export function confirmFindings(
  findings: readonly Finding[],
  trials: NotebookTrials,
  notebook: Notebook,
): readonly Judgement[] {
  return findings.map((finding) => {
    const judge = judges[finding.rule];
    if (judge !== undefined) return judge(finding, trials, notebook);
    return notDecided(reasons.find(([start]) => finding.rule.startsWith(start))?.[1] ?? "running does not show it");
  });
}
