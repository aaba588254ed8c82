import type { Span } from "../text/position.ts";
import type { Interpreter } from "./interpreter.ts";
import type { FileAccess } from "./model.ts";

/** Notes that a file is read or written: what is read needs what was written before, and a second writer the first. */
export function noteFile(run: Interpreter, use: FileAccess["use"], path: string | undefined, span: Span): void {
  const { draft } = run.recorder;
  run.recorder.file({
    statement: draft.id,
    use,
    range: run.recorder.range(run.spanOf(span)),
    ...(path === undefined ? {} : { path }),
  });
  if (path === undefined) return;
  const key = normalise(path);
  let uses = run.fileUses.get(key);
  if (uses === undefined) {
    uses = { writes: [], reads: [] };
    run.fileUses.set(key, uses);
  }
  for (const writer of uses.writes) run.recorder.edge(writer, run.now, "file", path, run.must);
  if (use === "read") {
    uses.reads.push(run.now);
    return;
  }
  if (use === "write" && run.must) uses.writes = [run.now];
  else if (uses.writes.at(-1) !== run.now) uses.writes.push(run.now);
}

function normalise(path: string): string {
  return path.replace(/^(\.\/)+/, "").replaceAll(/\/{2,}/g, "/");
}
