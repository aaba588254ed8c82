import type { Facts } from "../facts.ts";
import { namesOfHeading, saidBy } from "./heading-names.ts";
import { type Lean, type Phase, strongest, sumOf } from "./phases.ts";

/** Statements that follow one another and will be a stage, before they have a name. */
export interface Segment {
  readonly statements: readonly Facts[];
  readonly leans: readonly Lean[];
  readonly heading?: string;
  /** The name that cells were tagged with. */
  readonly tag?: string;
}

/** Two segments that follow one another as one, under the heading that says more of the whole. */
export function joinSegments(one: Segment, other: Segment): Segment {
  const heading = headingOfJoined(one, other);
  const tag = one.tag ?? other.tag;
  return {
    statements: [...one.statements, ...other.statements],
    leans: [...one.leans, ...other.leans],
    ...(heading === undefined ? {} : { heading }),
    ...(tag === undefined ? {} : { tag }),
  };
}

/** The heading of the part that makes the whole what it is, as its heading says or by its work; else of the larger part. */
function headingOfJoined(one: Segment, other: Segment): string | undefined {
  const phase = phaseOf({ leans: [...one.leans, ...other.leans] });
  const [first, second] = [one, other].map((part) => claimsOf(part, phase)) as [readonly number[], readonly number[]];
  const decisive = first.findIndex((claim, at) => claim !== second[at]);
  const leading = decisive !== -1 && (first[decisive] as number) > (second[decisive] as number) ? one : other;
  const isByWork = phase !== undefined && decisive > 0;
  return leading.heading ?? (isByWork ? undefined : (one.heading ?? other.heading));
}

/** What a part has to say in what the whole is called, the weightiest first. */
function claimsOf(part: Segment, phase: Phase | undefined): readonly number[] {
  const weights = part.leans.map((lean) => (phase === undefined ? 0 : (lean[phase] ?? 0)));
  const isNamed = part.heading !== undefined && namesOfHeading(part.heading).length > 0;
  return [
    phase !== undefined && saidBy(part.heading) === phase ? 1 : 0,
    Math.max(0, ...weights),
    weights.reduce((sum, weight) => sum + weight, 0),
    phase === undefined && isNamed ? 1 : 0,
    cellsOf(part),
  ];
}

/** How many cells a segment has statements of. */
export function cellsOf({ statements }: Segment): number {
  return new Set(statements.map(({ statement }) => statement.cell)).size;
}

/** A cell with more statements counts for several. */
const statementsOfCell = 5;

/** How large a segment is, in cells of usual length: a script in one cell is no smaller than the same one in ten. */
export function sizeOf(segment: Segment): number {
  return Math.max(cellsOf(segment), segment.statements.length / statementsOfCell);
}

/** What a segment does most; a segment that trains a model and looks at how good it is does train. */
export function phaseOf({ leans }: Pick<Segment, "leans">): Phase | undefined {
  const sum = sumOf(leans);
  const isTraining = leans.some(({ train }) => (train ?? 0) >= 3) && (sum.evaluate ?? 0) <= 3 * (sum.train ?? 0);
  return strongest(isTraining ? { ...sum, evaluate: Math.min(sum.evaluate ?? 0, (sum.train ?? 0) - 1) } : sum);
}
