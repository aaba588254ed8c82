import type { Notebook } from "../../notebook/model.ts";
import { numbersShown } from "../../rules/state/copied-number.ts";
import { compareWithSaved } from "../comparison/compare-saved.ts";
import { type ObservedRun, sameValue, stepOf, valueBefore } from "../observation/observed-run.ts";
import { notReached } from "./judge-errors.ts";
import { confirmed, type Judge, notDecided, refuted } from "./judgement.ts";
import type { NotebookTrials } from "./notebook-trials.ts";

/** Whether a name has another value before a cell from top to bottom than in the recorded order. */
function differsByOrder(subject: string, cell: number, { document, again, recorded }: NotebookTrials) {
  if (recorded === undefined) return notDecided("the file records no other order");
  if (stepOf(document, cell) === undefined) return notReached(document, cell);
  if (stepOf(recorded, cell) === undefined) return notReached(recorded, cell);
  const now = valueBefore(document, cell, subject);
  if (sameValue(now, valueBefore(again, cell, subject)) === "other") {
    return notDecided(`\`${subject}\` is another one in every run`);
  }
  const then = valueBefore(recorded, cell, subject);
  if (now === undefined && then === undefined) return notDecided(`\`${subject}\` is not bound in either run`);
  const where = `before cell ${cell}, from top to bottom and in the recorded order`;
  switch (sameValue(now, then)) {
    case "same":
      return refuted(`\`${subject}\` has one value ${where}`);
    case "other":
      return confirmed(`\`${subject}\` has two values ${where}`);
    case "unknown":
      return notDecided(`\`${subject}\` (${now?.type}) cannot be compared as a whole`);
  }
}

export const orderDivergence: Judge = ({ cell, subject }, trials) => differsByOrder(subject, cell, trials);

/** The cell that uses what the cell that never ran defines. */
export const neverRun: Judge = ({ subject, evidence }, trials) => {
  const user = evidence.at(-1)?.cell;
  return user === undefined ? notDecided("no cell uses it") : differsByOrder(subject, user, trials);
};

/** Whether a cell's saved output comes again. */
export const savedOutput: Judge = ({ cell, rule }, { document, again, recorded }, notebook) => {
  const step = stepOf(document, cell);
  if (step === undefined) return notReached(document, cell);
  const now = outcomeOf(notebook, document, cell);
  if (now === "none") return notDecided("there is no saved output to compare");
  if (!isRepeatable(document, again, cell)) return notDecided("the output is another one in every run");
  if (now === "same") return refuted("the saved output came again, from top to bottom");
  if (now === "unknown") return notDecided("the saved output cannot be compared: a picture, or no text");
  // An edited cell shows something else in whatever order it runs.
  if (rule === "NB105" && recorded !== undefined && outcomeOf(notebook, recorded, cell) === "same") {
    return refuted("the saved output came again, in the recorded order");
  }
  return confirmed(`cell ${cell} puts out something else than what is saved`);
};

/** Whether the cell that a number was copied from still shows it. */
export const copiedNumber: Judge = ({ subject, evidence }, { document, again }) => {
  const source = evidence[0]?.cell;
  const steps = [document, again].map((run) => (source === undefined ? undefined : stepOf(run, source)));
  if (source === undefined || steps.includes(undefined)) return notReached(document, source ?? 0);
  const shows = steps.map((step) => numbersShown(step?.outputs ?? []).includes(subject));
  if (shows.every((isShown) => !isShown)) return confirmed(`cell ${source} shows other numbers than ${subject} now`);
  if (shows.includes(false)) return confirmed(`cell ${source} does not show ${subject} in every run`);
  return notDecided(`cell ${source} shows ${subject} again: it takes another input to show that the copy stays behind`);
};

function outcomeOf(notebook: Notebook, run: ObservedRun, cell: number): "same" | "other" | "unknown" | "none" {
  const step = stepOf(run, cell);
  const verdicts = compareWithSaved(notebook, new Map(step === undefined ? [] : [[cell, step.outputs]]), () => "");
  if (verdicts.length === 0) return "none";
  if (verdicts.some(({ verdict }) => verdict !== "identical" && verdict !== "opaque")) return "other";
  return verdicts.every(({ verdict }) => verdict === "identical") ? "same" : "unknown";
}

function isRepeatable(one: ObservedRun, other: ObservedRun, cell: number): boolean {
  const shown = (run: ObservedRun) =>
    JSON.stringify(stepOf(run, cell)?.outputs.map(({ output_type: type, text, data }) => [type, text, data]));
  return shown(one) === shown(other);
}

/** Whether the second run of a cell changes what the first one made. */
export const notIdempotent: Judge = ({ cell, subject }, { twice, document, again }) => {
  const at = twice.steps.findIndex((step) => step.cell === cell);
  const [first, second] = [twice.steps[at], twice.steps[at + 1]];
  if (first === undefined || second?.cell !== cell) return notReached(twice, cell);
  if (first.error === undefined && second.error !== undefined) {
    return confirmed(`its second run stopped with ${second.error.name}: ${second.error.message}`);
  }
  const before = first.globals.get(subject);
  if (before === undefined) return notDecided(`\`${subject}\` is no global of the notebook`);
  const isRandom = [document, again].map((run) => stepOf(run, cell)?.globals.get(subject));
  if (sameValue(isRandom[0], isRandom[1]) === "other") return notDecided(`\`${subject}\` is another one in every run`);
  switch (sameValue(before, second.globals.get(subject))) {
    case "same":
      // Where the cell stops, its lines below were not run once.
      if (first.error !== undefined) return notDecided(`its first run stopped already, with ${first.error.name}`);
      return refuted(`\`${subject}\` is the same after a second run of the cell`);
    case "other":
      return confirmed(`\`${subject}\` is another one after a second run of the cell`);
    case "unknown":
      return notDecided(`\`${subject}\` (${before.type}) cannot be compared as a whole`);
  }
};

/** Whether two runs in one order part, from this cell on. */
export const unrepeatable: Judge = ({ cell }, { document, again }) => {
  const at = document.steps.findIndex((step) => step.cell === cell);
  if (at < 0) return notReached(document, cell);
  const parted = document.steps.map((step, position) => partedNames(document, again, position, step.cell));
  const own = (parted[at] ?? []).filter((name) => !parted[at - 1]?.includes(name));
  if (own.length > 0) return confirmed(`two runs from top to bottom differ after this cell in ${nameList(own)}`);
  if (!isRepeatable(document, again, cell))
    return confirmed("two runs from top to bottom put out different things here");
  const later = parted.findIndex((names, position) => position > at && names.length > 0);
  if (later >= 0) {
    return notDecided(`two runs part in cell ${document.steps[later]?.cell}; this cell may be the reason`);
  }
  if (document.ended !== undefined || document.steps.some(({ error }) => error !== undefined)) {
    return notDecided("the notebook did not run to its end");
  }
  return refuted("two runs from top to bottom gave the same values");
};

function partedNames(one: ObservedRun, other: ObservedRun, position: number, cell: number): readonly string[] {
  const [left, right] = [one.steps[position], other.steps[position]];
  if (left === undefined || right?.cell !== cell) return [];
  return [...left.globals.keys()].filter(
    (name) => sameValue(left.globals.get(name), right.globals.get(name)) === "other",
  );
}

/** Whether a name's value changes between two places of the run from top to bottom. */
function changesBetween(subject: string, before: number, after: number, { document }: NotebookTrials) {
  const late = document.steps.findIndex(({ cell }) => cell === after);
  if (late < 0) return notReached(document, after);
  const [one, other] = [valueBefore(document, before, subject), valueBefore(document, after, subject)];
  if (one === undefined || other === undefined) return notDecided(`\`${subject}\` was not bound at both places`);
  switch (sameValue(one, other)) {
    case "same":
      return refuted(`\`${subject}\` has one value before cell ${before} and before cell ${after}`);
    case "other":
      return confirmed(`\`${subject}\` has one value before cell ${before} and another before cell ${after}`);
    case "unknown":
      return notDecided(`\`${subject}\` (${one.type}) cannot be compared as a whole`);
  }
}

export const freeVariableDrift: Judge = ({ subject, evidence }, trials) => {
  const [first, second] = evidence;
  if (first === undefined || second === undefined) return notDecided("the calls are not known");
  return changesBetween(subject, first.cell, second.cell, trials);
};

/** Between the cell that changes the object and the one below. */
export const remoteChange: Judge = ({ cell, subject }, trials) => {
  const { steps } = trials.document;
  const at = steps.findIndex((step) => step.cell === cell);
  if (at < 0) return notReached(trials.document, cell);
  const [one, other] = [steps[at - 1]?.globals.get(subject), steps[at]?.globals.get(subject)];
  if (one === undefined) return notDecided(`\`${subject}\` is first bound in this cell`);
  switch (sameValue(one, other)) {
    case "same":
      return refuted(`cell ${cell} leaves \`${subject}\` as it was`);
    case "other":
      return confirmed(`\`${subject}\` is another one when cell ${cell} has run`);
    case "unknown":
      return notDecided(`\`${subject}\` (${one.type}) cannot be compared as a whole`);
  }
};

/** A change that the cell means to make and that does not reach the name. */
export const lostChange: Judge = ({ cell, subject }, { document }) => {
  const step = stepOf(document, cell);
  if (step === undefined) return notReached(document, cell);
  if (step.error !== undefined) return notDecided(`cell ${cell} stopped with ${step.error.name}`);
  const before = valueBefore(document, cell, subject);
  if (before === undefined) return notDecided(`\`${subject}\` is first bound in this cell`);
  const sameness = sameValue(before, step.globals.get(subject));
  if (sameness === "same") return confirmed(`cell ${cell} leaves \`${subject}\` as it was`);
  return notDecided(`cell ${cell} changes \`${subject}\`; which line did cannot be seen`);
};

/** Whether the two orders end with other values, or put out other things. */
export const outOfOrder: Judge = (_finding, { document, again, recorded }) => {
  if (recorded === undefined) return notDecided("the file records no other order");
  const [end, other] = [document.steps.at(-1), recorded.steps.at(-1)];
  const random = new Set(
    [...(end?.globals ?? [])].flatMap(([name, value]) =>
      sameValue(value, again.steps.at(-1)?.globals.get(name)) === "same" ? [] : [name],
    ),
  );
  const parted = [...(end?.globals.keys() ?? [])].filter(
    (name) => !random.has(name) && sameValue(end?.globals.get(name), other?.globals.get(name)) === "other",
  );
  if (parted.length > 0) return confirmed(`the two orders end with different values of ${nameList(parted)}`);
  const shown = recorded.steps.find(
    ({ cell }) => isRepeatable(document, again, cell) && !isRepeatable(document, recorded, cell),
  );
  if (shown !== undefined) return confirmed(`cell ${shown.cell} puts out something else in the recorded order`);
  return refuted("both orders give the same values and outputs");
};

/** Whether any one run gives everything that is saved. */
export const mixedSessions: Judge = (_finding, { document, recorded }, notebook) => {
  for (const run of recorded === undefined ? [document] : [document, recorded]) {
    const verdicts = compareWithSaved(
      notebook,
      new Map(run.steps.map(({ cell, outputs }) => [cell, outputs])),
      () => "",
    );
    const others = verdicts.filter(({ verdict }) => verdict !== "identical" && verdict !== "opaque");
    if (others.length === 0 && verdicts.some(({ verdict }) => verdict === "identical")) {
      return refuted("one run gave every saved output again");
    }
  }
  return notDecided("no run that was made gave every saved output; another order may");
};

function nameList(names: readonly string[]): string {
  const shown = names
    .slice(0, 3)
    .map((name) => `\`${name}\``)
    .join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
