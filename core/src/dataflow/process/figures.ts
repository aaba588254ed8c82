import { baseOf, type LibraryCall } from "../calls/library-call.ts";
import { allArguments } from "../calls/returned.ts";
import { assign } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import { type AbstractObject, isDrawn } from "../objects/objects.ts";
import { spanOf } from "../objects/places.ts";
import { constantOf, nothing, reachable, type Value } from "../objects/value.ts";
import { change } from "../statements/changes.ts";

/** What pyplot draws on: figure, axes and all that stands in them share its memory. */
export interface Canvas {
  readonly object: AbstractObject;
  /** The cell and the position of the statement that drew on it last. */
  readonly cell: object;
  readonly drawnBy: number;
  /** What is drawn on again once this is closed. */
  readonly below: Canvas | undefined;
}

/** Calls after which pyplot draws on another figure; the first can go back to one by its number. */
const beginning: ReadonlySet<string> = new Set(
  ["figure", "subplots", "subplot_mosaic"].map((name) => `matplotlib.pyplot.${name}`),
);
const ending: ReadonlySet<string> = new Set(
  ["show", "close", "draw", "pause"].map((name) => `matplotlib.pyplot.${name}`),
);

/** The call after which pyplot draws on the axes that it is given. */
const goesTo = "matplotlib.pyplot.sca";

/** A call has drawn: what it gives belongs to the figure, and whoever holds a part of this sees what was drawn. */
export function noteDrawing(run: Interpreter, call: LibraryCall, made: Value): void {
  if (call.qualified === "matplotlib.pyplot.close") noteClosing(run, call);
  if (call.qualified === goesTo) goTo(run, allArguments(call.args));
  if (call.qualified === goesTo || ending.has(call.qualified)) return;
  const given = call.args.keywords.get("ax") ?? nothing;
  const on = given.size > 0 ? given : isOwn(call) ? (call.self ?? nothing) : new Set([canvasFor(run, call)]);
  if (given.size > 0 || !isOwn(call)) {
    const base = given.size > 0 ? baseOf(run, given) : undefined;
    change(run, on, { path: [], span: spanOf(call.site), base, must: true, deep: false, views: true });
  }
  for (const part of reachable(made)) {
    if (!part.mutable || !isDrawn(part)) continue;
    for (const one of on) run.heap.share(part, one, run.now);
  }
}

/** Whether a figure, or a part of one, is told what to do. */
function isOwn({ self }: LibraryCall): boolean {
  return self !== undefined && [...self].some(isDrawn);
}

/** `plt.close()` closes what is drawn on, `plt.close("all")` whatever is open; who is given a figure closes that one. */
function noteClosing(run: Interpreter, call: LibraryCall): void {
  const open = openCanvas(run);
  if (open === undefined || !run.must) return;
  const given = allArguments(call.args);
  const isAll = constantOf(given) === "all";
  if (isAll) setCanvas(run, undefined);
  if (isAll || given.size > 0) return;
  needCanvas(run, open);
  setCanvas(run, open.below);
}

function goTo(run: Interpreter, axes: Value): void {
  const [object] = axes;
  const { cell } = run.recorder.draft;
  if (object !== undefined) setCanvas(run, { object, cell, drawnBy: run.now, below: openCanvas(run) });
}

function canvasFor(run: Interpreter, call: LibraryCall): AbstractObject {
  const open = openCanvas(run);
  const { cell } = run.recorder.draft;
  const drawnBy = run.now;
  const isNumbered = call.qualified.endsWith(".figure") && call.args.positional.length > 0;
  const isAnother = beginning.has(call.qualified) && !isNumbered && !call.args.keywords.has("num");
  if (open !== undefined && !isAnother) {
    needCanvas(run, open);
    if (open.drawnBy !== drawnBy) setCanvas(run, { ...open, cell, drawnBy });
    return open.object;
  }
  const site = run.places.of(call.site, "figure");
  const object = run.heap.at(run.frame.context, site, { type: "matplotlib.figure.Figure", mutable: true }, run.now);
  setCanvas(run, { object, cell, drawnBy, below: open });
  return object;
}

/** What pyplot draws on unless it is told to begin another figure: one of this cell, or one that was left open. */
function openCanvas(run: Interpreter): Canvas | undefined {
  run.journal?.reads.add("state figure");
  const { canvas, figuresStay } = run.process;
  return figuresStay || canvas?.cell === run.recorder.draft.cell ? canvas : undefined;
}

/** Within a cell every statement that draws needs the one before it anyway: `needState`. */
function needCanvas(run: Interpreter, { cell, drawnBy }: Canvas): void {
  if (cell !== run.recorder.draft.cell) run.recorder.edge(drawnBy, run.now, "state", "figure", run.must);
}

function setCanvas(run: Interpreter, canvas: Canvas | undefined): void {
  assign(run.journal, "state figure", run.process, "canvas", canvas);
}
