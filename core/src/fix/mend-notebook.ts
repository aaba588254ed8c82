import type { Dataflow } from "../dataflow/model.ts";
import { cellOf } from "../dataflow/statement-id.ts";
import type { Notebook } from "../notebook/model.ts";
import { unboundNames } from "../orders/unbound-names.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Edit, Finding, Fix } from "../rules/finding.ts";
import { type Applied, applyFixes, cellsOf } from "./apply-fixes.ts";
import { fixesOf } from "./fixes-of.ts";

export interface MendRequest {
  readonly analysis: Analysis;
  /** Analyses a notebook as `analysis` was made. */
  analyse(notebook: Notebook): Analysis;
  /** The findings of an analysis that may be mended and are reported. */
  findings(analysis: Analysis): readonly Finding[];
}

/** A mend that was done. */
export interface Mend {
  readonly rule: string;
  /** In the notebook that was given; absent for a cell that an earlier mend put in. */
  readonly cell?: number;
  readonly subject: string;
  readonly fix: string;
  readonly title: string;
}

export interface Mended {
  readonly notebook: Notebook;
  readonly analysis: Analysis;
  readonly applied: readonly Mend[];
  /** What is still to be said of the mended notebook; cells are its own. */
  readonly left: readonly Finding[];
  /** For each cell of it, its index in the notebook that was given. */
  readonly origins: readonly (number | undefined)[];
}

/**
 * The order in which rules are mended: first what never ran, which needs no mending; then what is no Python; then names, since an error hides the
 * next one; then the order of the cells, then what is computed.
 */
const turns: readonly (readonly string[])[] = [
  ["NB113"],
  ["NB118"],
  ["NB103", "NB101"],
  ["NB102"],
  ["NB104"],
  ["NB116"],
  ["NB405", "NB407"],
  ["NB202"],
  ["NB201", "NB204"],
  ["NB205"],
  ["NB301"],
  ["NB306"],
];

/** A mend may bring up the next thing to mend, but not for ever. */
const mostRounds = 100;

/**
 * Mends a notebook step by step: after each mend it is diagnosed again, since one lost name hides the next. A mend that
 * does not take its finding away, or that leaves more names unbound or more code broken, is not made.
 */
export function mendNotebook({ analysis: first, analyse, findings }: MendRequest): Mended {
  let now: Applied & { readonly analysis: Analysis } = {
    notebook: first.notebook,
    analysis: first,
    origins: first.notebook.cells.map(({ index }) => index),
  };
  const applied: Mend[] = [];
  const refused = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const told = findings(now.analysis);
    const steps = nextSteps(now.analysis, told, refused);
    const [step] = steps;
    if (step === undefined) break;
    let better:
      | { readonly some: readonly Step[]; readonly after: Applied & { readonly analysis: Analysis } }
      | undefined;
    for (const some of steps.length > 1 ? [steps, [step]] : [steps]) {
      const after = tried(now.analysis, some, analyse);
      better ??= isBetter(now.analysis, after.analysis, some, findings) ? { some, after } : undefined;
      if (better !== undefined) break;
    }
    if (better === undefined) {
      refused.add(keyOf(step));
      continue;
    }
    const { origins } = now;
    applied.push(...better.some.map((one) => mendOf(one, origins)));
    const { after } = better;
    now = { ...after, origins: after.origins.map((place) => (place === undefined ? undefined : origins[place])) };
  }
  return { ...now, applied, left: findings(now.analysis) };
}

interface Step {
  readonly finding: Finding;
  readonly fix: Fix;
}

function mendOf({ finding, fix }: Step, origins: Applied["origins"]): Mend {
  const cell = origins[finding.cell];
  const { rule, subject } = finding;
  return { rule, ...(cell === undefined ? {} : { cell }), subject, fix: fix.id, title: fix.title };
}

/** The next mend, with all others of the same turn that only edit lines which none of them touches. */
function nextSteps(
  analysis: Analysis,
  findings: readonly Finding[],
  refused: ReadonlySet<string>,
): readonly [Step, ...Step[]] | readonly [] {
  for (const ids of turns) {
    const steps: Step[] = [];
    const lines = new Set<string>();
    for (const finding of findings) {
      if (!ids.includes(finding.rule)) continue;
      const fix = fixesOf(analysis, finding).find(
        (one) => one.isGuess !== true && !refused.has(keyOf({ finding, fix: one })),
      );
      if (fix === undefined) continue;
      if (fix.cells !== undefined) {
        if (steps.length === 0) return [{ finding, fix }];
        continue;
      }
      if (fix.edits.some((edit) => placesOf(edit).some((place) => lines.has(place)))) continue;
      for (const edit of fix.edits) for (const place of placesOf(edit)) lines.add(place);
      steps.push({ finding, fix });
    }
    const [first, ...more] = steps;
    if (first !== undefined) return [first, ...more];
  }
  return [];
}

/** The lines that an edit replaces a part of; none where it only puts lines in, which others may do there too. */
function placesOf({ cell, range: { start, end }, text }: Edit): string[] {
  const putsIn = start.line === end.line && start.column === end.column && text.includes("\n");
  if (putsIn) return [];
  return Array.from({ length: end.line - start.line + 1 }, (_, at) => `${cell} ${start.line + at}`);
}

/** The same mend of the same thing, wherever its cell stands by now. */
function keyOf({ finding, fix }: Step): string {
  return `${finding.rule} ${finding.subject} ${fix.id} ${fix.title}`;
}

function tried(analysis: Analysis, steps: readonly Step[], analyse: MendRequest["analyse"]) {
  const fixes = steps.map(({ fix }) => fix);
  const changing = fixes.filter(({ changesValues }) => changesValues === true).flatMap(cellsOf);
  const applied = applyFixes(analysis.notebook, fixes, cellsBelow(analysis.document, changing));
  return { ...applied, analysis: analyse(applied.notebook) };
}

/** The cells that use, however far down, what others make. */
function cellsBelow({ edges }: Dataflow, cells: readonly number[]): ReadonlySet<number> {
  const users = Map.groupBy(edges, ({ from }) => cellOf(from));
  const below = new Set(cells);
  for (const cell of below) for (const { to } of users.get(cell) ?? []) below.add(cellOf(to));
  return below;
}

function isBetter(
  before: Analysis,
  after: Analysis,
  steps: readonly Step[],
  findings: MendRequest["findings"],
): boolean {
  const countIn = (told: readonly Finding[]) => (step: Step) =>
    told.filter(({ rule, subject }) => rule === step.finding.rule && subject === step.finding.subject).length;
  const [was, is] = [countIn(findings(before)), countIn(findings(after))];
  return (
    steps.every((step) => is(step) < was(step)) &&
    unboundNames(after.document).length <= unboundNames(before.document).length &&
    brokenCells(after) <= brokenCells(before)
  );
}

function brokenCells({ document }: Analysis): number {
  return document.cells.filter(({ module }) => module.errors.length > 0).length;
}
