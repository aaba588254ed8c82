import type { Draft, DraftCell } from "../../programs/draft.ts";
import type { Random } from "../../programs/random.ts";
import type { Expectation, Plan, Step } from "../draft.ts";
import { runAll } from "../draft.ts";
import type { CellNames } from "../sessions.ts";

/** A code cell with its names and its place among the code cells. */
export interface Site extends CellNames, DraftCell {
  readonly at: number;
}

/** A clean notebook that a fault is to be put into. */
export interface Subject {
  readonly draft: Draft;
  readonly sites: readonly Site[];
  readonly random: Random;
}

export interface Planted {
  readonly steps: readonly Step[];
  readonly expected?: readonly Expectation[];
  readonly times?: boolean;
}

/** Puts one kind of fault, or of harmless change, into a notebook; nothing where it finds no place for it. */
export interface Operator {
  readonly name: string;
  readonly isControl?: boolean;
  plant(subject: Subject): Planted | undefined;
}

export function planOf(operator: Operator, subject: Subject): Plan | undefined {
  const planted = operator.plant(subject);
  if (planted === undefined) return undefined;
  const { steps, expected = [], times = subject.random.chance(0.3) } = planted;
  return {
    operator: operator.name,
    isControl: operator.isControl === true,
    draft: subject.draft,
    steps,
    expected,
    times,
  };
}

/** Everything run once, from top to bottom. */
export function all({ draft }: Subject): Step[] {
  return runAll(draft.cells);
}

/** The same with a step before the run of one cell. */
export function before(subject: Subject, id: string, ...steps: readonly Step[]): Step[] {
  return all(subject).flatMap((step) => ("run" in step && step.run === id ? [...steps, step] : [step]));
}

/** The same with steps after the run of one cell. */
export function after(subject: Subject, id: string, ...steps: readonly Step[]): Step[] {
  return all(subject).flatMap((step) => ("run" in step && step.run === id ? [step, ...steps] : [step]));
}

export function code(id: string, ...lines: readonly string[]): DraftCell {
  return { id, kind: "code", source: lines.join("\n") };
}

/** A cell that is added before another one (at the end where there is none) and run there. */
export function addAndRun(cell: DraftCell, before?: Site): Step[] {
  return [{ add: cell, ...(before === undefined ? {} : { before: before.id }) }, { run: cell.id }];
}

/** A cell that binds a name which no other cell binds and which cells below use, with the first of these. */
export function definitions({
  sites,
}: Subject): { readonly site: Site; readonly name: string; readonly users: readonly Site[] }[] {
  return sites.flatMap((site) =>
    site.binds.flatMap((name) => {
      const isOnly = sites.every((other) => other === site || !other.binds.includes(name));
      const users = sites.filter(({ at, loads }) => at > site.at && loads.includes(name));
      return isOnly && users.length > 0 ? [{ site, name, users }] : [];
    }),
  );
}

/** Whether a cell shows something when it has run. */
export function shows({ source }: DraftCell): boolean {
  const last = source.trimEnd().split("\n").at(-1) ?? "";
  return (
    /\bprint\(/.test(source) ||
    (/^[\w(["']/.test(last) && !/^[^(["']*[^=!<>]=[^=]/.test(last) && !/^(?:import|from|del|plt|return)\b/.test(last))
  );
}

export function escaped(name: string): string {
  return name.replace(/[$]/g, "\\$&");
}

/** With another number in the place of the first one that stands alone. */
export function otherNumber(source: string): string | undefined {
  const changed = source.replace(/(?<![\w."'])(\d+)(?![\w."'])/, (number) => String(Number(number) + 3));
  return changed === source ? undefined : changed;
}
