import { baseOf, type LibraryCall } from "../calls/library-call.ts";
import { assign } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import { type AbstractObject, isDrawn, nothing, reachable, type Value } from "../objects/objects.ts";
import { spanOf } from "../objects/places.ts";
import { change } from "../statements/changes.ts";

/** What pyplot draws on: figure, axes and all that stands in them share its memory. */
export interface Canvas {
  readonly object: AbstractObject;
  /** A figure is shown and closed with its cell. */
  readonly cell: object;
}

/** Calls after which pyplot draws on another figure; the first can go back to one by its number. */
const beginning: ReadonlySet<string> = new Set(
  ["figure", "subplots", "subplot_mosaic"].map((name) => `matplotlib.pyplot.${name}`),
);
const ending: ReadonlySet<string> = new Set(
  ["show", "close", "draw", "pause"].map((name) => `matplotlib.pyplot.${name}`),
);

/** A call has drawn: what it gives belongs to the figure, and whoever holds a part of this sees what was drawn. */
export function noteDrawing(run: Interpreter, call: LibraryCall, made: Value): void {
  if (ending.has(call.qualified)) return;
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

function canvasFor(run: Interpreter, call: LibraryCall): AbstractObject {
  run.journal?.reads.add("state figure");
  const { canvas } = run.process;
  const { cell } = run.recorder.draft;
  const isNumbered = call.qualified.endsWith(".figure") && call.args.positional.length > 0;
  const isAnother = beginning.has(call.qualified) && !isNumbered && !call.args.keywords.has("num");
  if (canvas !== undefined && canvas.cell === cell && !isAnother) return canvas.object;
  const site = run.places.of(call.site, "figure");
  const object = run.heap.at(run.frame.context, site, { type: "matplotlib.figure.Figure", mutable: true }, run.now);
  assign(run.journal, "state figure", run.process, "canvas", { object, cell });
  return object;
}
