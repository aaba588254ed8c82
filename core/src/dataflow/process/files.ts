import type { FileUse } from "../../effects/effect.ts";
import { filePlace } from "../../text/file-place.ts";
import type { Span } from "../../text/position.ts";
import type { Interpreter } from "../interpreter.ts";
import { directoryOf, fromTheStart, needState } from "./process-state.ts";

/**
 * Notes that a file or folder is used: what is read needs what was written before, a second writer the first, and
 * whatever is in a folder the one who made it. Who read before must not run after. A path that is not known may be any.
 */
export function noteFile(run: Interpreter, use: FileUse["use"], path: string | undefined, span: Span): void {
  const { recorder, fileUses, fileReaders, now } = run;
  const place = path === undefined ? undefined : fromTheStart(run, path);
  if (use === "read" || use === "write" || use === "append") {
    recorder.file({
      statement: recorder.draft.id,
      use,
      range: recorder.range(run.spanOf(span)),
      ...(path === undefined ? {} : { path }),
      ...(place === undefined ? {} : { place: filePlace(place) }),
    });
  }
  if (use === "make-folder" && path !== undefined) recorder.folder(path);
  if (path !== undefined && directoryOf(run) !== "" && !path.startsWith("/")) needState(run, "directory");
  // Whoever reads a folder reads what stands in it: `shutil.copytree`, `pd.read_parquet`.
  const withInside = use === "look" || use === "write-folder" || use === "read";
  const used = use === "look" && place !== undefined ? folderOfPattern(place) : place;
  if (used === undefined) {
    if (use === "read" || use === "look") {
      for (const writer of fileUses.allWriters()) recorder.edge(writer, now, "file", "*", false, unknownPath);
    }
  } else {
    const sure = run.must && use !== "look";
    for (const writer of fileUses.writersOf(used, withInside)) {
      recorder.edge(writer, now, "file", path ?? "*", sure);
    }
  }
  if (use === "read" || use === "look") {
    fileReaders.read(used, now);
    return;
  }
  for (const reader of fileReaders.readersOf(used, withInside)) recorder.overwrites(reader);
  fileUses.write(used, now, {
    replaces: use === "write" && run.must,
    isFolder: use === "make-folder" || use === "write-folder",
  });
}

/** A folder becomes the working directory: it needs whoever made it. */
export function enterFolder(run: Interpreter, path: string): void {
  const place = fromTheStart(run, path);
  if (place === undefined) return;
  for (const writer of run.fileUses.writersOf(place, false)) run.recorder.edge(writer, run.now, "file", path, run.must);
}

const unknownPath = "the path of the file is not known";

/** The folder whose files a pattern can match: what stands before its first wildcard. */
function folderOfPattern(path: string): string {
  const wildcard = path.search(/[*?[]/);
  if (wildcard === -1) return path;
  const end = path.lastIndexOf("/", wildcard);
  return end === -1 ? "." : path.slice(0, Math.max(end, 1));
}
