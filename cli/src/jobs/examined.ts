import { type Analysis, candidateOrders } from "@reprise/core";
import type { Call } from "../execute.ts";
import type { Analysed } from "./analysed.ts";
import type { TrialChoice } from "./confirm.ts";

export interface ConfirmOptions extends TrialChoice {
  /** Run the notebook, and hold its findings against the runs. */
  readonly verify?: boolean;
  /** Tell the orders in which the cells may have run; with `verify`, run each. */
  readonly orders?: boolean;
}

/** An analysis with what was asked for beyond it: orders, and what running says. Throws ProblemError. */
export async function examined(
  analysed: Analysed,
  analysis: Analysis,
  options: ConfirmOptions,
  call: Call,
): Promise<Analysed> {
  const { report } = analysed;
  if (options.verify !== true) {
    return options.orders === true
      ? { ...analysed, report: { ...report, orders: candidateOrders(analysis) } }
      : analysed;
  }
  // Most analyses run nothing: what runs notebooks takes longer to load than some of them.
  const { confirmNotebook } = await import("./confirm.ts");
  const { judgements, orders, ended } = await confirmNotebook(analysis, report.findings, options, call);
  const findings = report.findings.map((finding, at) => {
    const verification = judgements[at];
    return verification === undefined ? finding : { ...finding, verification };
  });
  if (ended !== undefined) call.note(`${report.path}: the run from top to bottom ended early: ${ended}.`);
  return { ...analysed, report: { ...report, findings, ...(orders === undefined ? {} : { orders }) } };
}
