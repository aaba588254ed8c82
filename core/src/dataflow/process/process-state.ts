import type { StateUse } from "../../effects/effect.ts";
import { assign, put } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import { joinPath } from "../statements/folding.ts";
import type { Canvas } from "./figures.ts";

/** What the process is in besides its objects: its folder, its environment, the figure that pyplot draws on. */
export class ProcessState {
  /** The newest statement that changed each. */
  readonly changed = new Map<StateUse["state"], number>();
  /** The working directory, seen from where the notebook began; `undefined` where it is not known. */
  directory: string | undefined = "";
  /** What pyplot draws on; `undefined` before it has drawn. */
  canvas: Canvas | undefined = undefined;
  /** Whether the cell before left its figures open: `open-figures.ts`. */
  figuresStay = false;
}

/** States that carry something from one statement to a later one. The others are settings: `settings.ts` finds those. */
const carrying: ReadonlySet<StateUse["state"]> = new Set(["environment", "directory", "figure"]);

/** Notes that a call reads or changes state of the process: it needs whoever changed it before. */
export function noteState(run: Interpreter, uses: readonly StateUse[]): void {
  for (const { state, use } of uses) {
    if (!carrying.has(state)) continue;
    needState(run, state);
    if (use === "change") put(run.journal, `state ${state}`, run.process.changed, state, run.now);
  }
}

/** An edge from the statement that changed the state before. What outlives its cell of a figure: `figures.ts`. */
export function needState(run: Interpreter, state: StateUse["state"]): void {
  run.journal?.reads.add(`state ${state}`);
  const before = run.process.changed.get(state);
  if (before === undefined) return;
  if (state === "figure" && run.recorder.drafts[before]?.cell !== run.recorder.draft.cell) return;
  run.recorder.edge(before, run.now, "state", state, run.must);
}

const theDirectory = "state of the directory";

/** The working directory, seen from where the notebook began; `undefined` where it is not known. */
export function directoryOf(run: Interpreter): string | undefined {
  run.journal?.reads.add(theDirectory);
  return run.process.directory;
}

/** The working directory becomes another; `undefined` where it is not known which. */
export function changeDirectory(run: Interpreter, to: string | undefined): void {
  const directory = directoryOf(run);
  const isKnown = to !== undefined && directory !== undefined && run.must;
  assign(run.journal, theDirectory, run.process, "directory", isKnown ? joinPath(directory, to) : undefined);
}

/** A path as seen from where the notebook began; `undefined` where it is not known. */
export function fromTheStart(run: Interpreter, path: string): string | undefined {
  const directory = directoryOf(run);
  if (path.startsWith("/") || directory === "") return path;
  return directory === undefined ? undefined : joinPath(directory, path);
}
