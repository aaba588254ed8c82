import type { CallSite } from "../dataflow/model.ts";
import { analysedCell } from "./record.ts";
import { rule, sourceRange } from "./rule.ts";

/** Signs that some rows are held out, anywhere in the notebook. */
const holdsOut =
  /split|fold|cross_val|crossval|gridsearch|randomizedsearch|halving|bootstrap|holdout|oob_score|_test\b|test_|valid/i;

export const noHeldOut = rule("NB504", function* ({ document }) {
  if (document.cells.some(({ cell }) => holdsOut.test(cell.source))) return;
  const fits = new Map<string, { readonly call: CallSite; readonly cell: number }>();
  for (const { cell, calls } of document.statements) {
    for (const call of calls) {
      const { receiver, node, text } = call;
      if (receiver === undefined || node.args.length < 2) continue;
      if (/\.fit$/.test(text) && call.role === "fit") fits.set(receiver, { call, cell });
      const fit = fits.get(receiver);
      if (fit === undefined || !/\.score$/.test(text) || !isSame(fit.call, call)) continue;
      const analysed = analysedCell(document, cell);
      yield {
        tier: "hint",
        severity: "info",
        cell,
        range: analysed === undefined ? call.range : sourceRange(analysed, node),
        subject: text,
        message:
          `\`${text}\` scores the model on the rows that it was fitted on, and no rows are held out anywhere in the notebook: ` +
          "the score says how well the model remembers, not how well it predicts. Split the rows first, or use cross_val_score.",
        predicts: "a lower score on rows that the model has not seen",
        evidence: [{ cell: fit.cell, message: `fitted on the same rows (${fit.call.text})` }],
      };
    }
  }
});

/** The same names for rows and target. */
function isSame(one: CallSite, other: CallSite): boolean {
  return [0, 1].every((position) => {
    const names = one.argumentNames.get(position) ?? [];
    const others = other.argumentNames.get(position) ?? [];
    return names.length === 1 && others.length === 1 && names[0] === others[0];
  });
}
