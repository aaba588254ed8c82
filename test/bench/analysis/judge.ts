import type { CellRun, SavedCell, Session } from "./sessions.ts";

/** What running says of a claim: the divergence that it predicts happened, did not, or cannot be seen by running. */
export type Truth = "true" | "false" | "open";

/** One notebook, as it was recorded and as it runs anew. */
export interface Evidence {
  readonly recorded: Session;
  /** The saved notebook from top to bottom, going on after errors. */
  readonly fresh: Session;
  /** Once more, in another process; only where a claim is about that. */
  readonly again?: Session;
}

/** Claims that only a second fresh run can judge, and those that only a cell that runs twice can. */
export const needsAgain = (rule: string): boolean => judges[rule] === isAnother || judges[rule] === madeIsAnother;
export const needsTwice = (rule: string): boolean => judges[rule] === changesAgain;

/** What a finding, or an expectation, says. */
export interface Claim {
  readonly rule: string;
  readonly cell: string;
  readonly subject: string;
  /** Cells that its evidence names. */
  readonly others: readonly string[];
}

type Judge = (claim: Claim, evidence: Evidence) => Truth;

const judges: Readonly<Record<string, Judge>> = {
  NB101: stopsForName,
  NB102: stopsForName,
  NB103: stopsForName,
  NB104: getsAnother,
  NB105: (claim, { recorded }) => truth(lastRun(recorded, claim.cell)?.source !== cellOf(recorded, claim.cell)?.source),
  NB106: getsAnother,
  NB107: ({ subject, others }, { fresh }) =>
    truth(new Set(others.map((cell) => valueBefore(fresh, cell, subject))).size > 1),
  NB108: ({ cell, subject }, { fresh }) =>
    truth(valueBefore(fresh, cell, subject) !== lastRun(fresh, cell)?.after?.[subject]),
  NB109: changesAgain,
  NB110: ({ cell }, { fresh }) => truth(lastRun(fresh, cell)?.error !== undefined),
  NB113: usersGetAnother,
  NB114: (_, { recorded }) => truth(new Set(recorded.cells.map(({ id }) => lastRun(recorded, id)?.session)).size > 1),
  NB115: ({ cell }, { fresh }) => truth(lastRun(fresh, cell)?.error?.[0] === "TypeError"),
  NB201: isAnother,
  NB202: isAnother,
  NB203: ({ cell }, evidence) =>
    truth(outputsDiffer(evidence, cell) || afterDiffers(evidence.recorded, evidence.fresh, cell)),
  NB204: madeIsAnother,
  NB205: isAnother,
  NB206: isAnother,
};

export function judge(claim: Claim, evidence: Evidence): Truth {
  return judges[claim.rule]?.(claim, evidence) ?? "open";
}

/** Cells whose saved output a fresh run does not show again, in an order that is the same for the same evidence. */
export function divergentCells(evidence: Evidence): readonly string[] {
  return evidence.recorded.cells
    .filter(({ id, kind, count }) => kind === "code" && count !== undefined && outputsDiffer(evidence, id))
    .map(({ id }) => id);
}

/** Whether the fresh runs agree in all that they show and leave behind. */
export function repeats(evidence: Evidence): boolean {
  return evidence.fresh.cells.every(
    ({ id }) => isAnother({ rule: "", cell: id, subject: "", others: [] }, evidence) !== "true",
  );
}

function truth(value: boolean): Truth {
  return value ? "true" : "false";
}

function stopsForName({ cell, subject }: Claim, { fresh }: Evidence): Truth {
  const error = lastRun(fresh, cell)?.error;
  if (error === undefined) return "false";
  // Where something else stopped it first, this shows once that is mended.
  return error[0] === "NameError" && error[1].includes(`'${subject}'`) ? "true" : "open";
}

function getsAnother({ cell, subject, others }: Claim, evidence: Evidence): Truth {
  const { recorded, fresh } = evidence;
  if (valueBefore(recorded, cell, subject) !== valueBefore(fresh, cell, subject) || outputsDiffer(evidence, cell))
    return "true";
  // What would have made the other value failed before it came to it.
  return others.some((other) => lastRun(fresh, other)?.error !== undefined) ? "open" : "false";
}

function usersGetAnother({ cell, subject }: Claim, evidence: Evidence): Truth {
  const { cells } = evidence.recorded;
  const below = cells.slice(cells.findIndex(({ id }) => id === cell) + 1).filter(({ count }) => count !== undefined);
  return truth(below.some(({ id }) => getsAnother({ rule: "", cell: id, subject, others: [] }, evidence) === "true"));
}

function changesAgain({ cell, subject }: Claim, { fresh, recorded }: Evidence): Truth {
  const run = lastRun(fresh, cell)?.twice === undefined ? lastRun(recorded, cell) : lastRun(fresh, cell);
  if (run?.twice === undefined) return "open";
  return truth("*" in run.twice || run.twice[subject] !== run.after?.[subject]);
}

function isAnother({ cell }: Claim, { fresh, again }: Evidence): Truth {
  if (again === undefined || lastRun(fresh, cell)?.error !== undefined) return "open";
  return truth(afterDiffers(fresh, again, cell) || shown(cellOf(fresh, cell)) !== shown(cellOf(again, cell)));
}

/** A model that is made without a seed is another when it has been fitted, in a later cell perhaps. */
function madeIsAnother(claim: Claim, evidence: Evidence): Truth {
  const { fresh, again } = evidence;
  const own = isAnother(claim, evidence);
  if (own !== "false" || again === undefined) return own;
  const at = fresh.runs.findLastIndex((run) => run.cell === claim.cell);
  const before = fresh.runs[at - 1]?.after ?? {};
  const made = Object.entries(fresh.runs[at]?.after ?? {}).flatMap(([name, value]) =>
    before[name] === value ? [] : [name],
  );
  const last = [fresh, again].map(({ runs }) => runs.at(-1)?.after ?? {});
  return truth(made.some((name) => last[0]?.[name] !== last[1]?.[name]));
}

/** Whether a cell leaves names with other values in one session than in another. */
function afterDiffers(one: Session, other: Session, cell: string): boolean {
  const before = lastRun(one, cell)?.after ?? {};
  const now = lastRun(other, cell)?.after ?? {};
  return Object.keys({ ...before, ...now }).some((name) => before[name] !== now[name]);
}

function outputsDiffer({ recorded, fresh }: Evidence, cell: string): boolean {
  return shown(cellOf(recorded, cell)) !== shown(cellOf(fresh, cell));
}

function cellOf({ cells }: Session, id: string): SavedCell | undefined {
  return cells.find((cell) => cell.id === id);
}

function lastRun({ runs }: Session, cell: string): CellRun | undefined {
  return runs.findLast((run) => run.cell === cell);
}

/** The digest of what a name held when a cell began its last run. */
function valueBefore({ runs }: Session, cell: string, name: string): string | undefined {
  const at = runs.findLastIndex((run) => run.cell === cell);
  const before = runs[at - 1];
  return before !== undefined && before.session === runs[at]?.session ? before.after?.[name] : undefined;
}

/** What a cell shows, without what differs from process to process. */
function shown(cell: SavedCell | undefined): string {
  const texts = (cell?.outputs ?? []).map((output) => {
    const { output_type: type, text, data, ename, evalue } = output as Readonly<Record<string, unknown>>;
    const plain = (data as Readonly<Record<string, unknown>> | undefined)?.["text/plain"];
    return `${type} ${text ?? ""}${plain ?? ""}${ename ?? ""}${evalue ?? ""}`;
  });
  return texts
    .join("\n")
    .replace(/0x[0-9a-f]+/g, "0x")
    .replace(/ipykernel_\d+/g, "ipykernel");
}
