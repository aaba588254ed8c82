import { ProblemError } from "../../problem/problem.ts";
import type { LineRange } from "./conflict-markers.ts";
import { type GeneratedFile, hashOf, isWhole } from "./generation.ts";
import { mergeText } from "./merge-text.ts";

/** What lies at a path of a project now. */
export type OnDisk =
  | { readonly kind: "absent" }
  | { readonly kind: "text"; readonly text: string }
  /** What cannot be merged: `a folder`, `a link`, `not UTF-8`. */
  | { readonly kind: "other"; readonly what: string };

export type FileStatus =
  /** As it was. */
  | "unchanged"
  /** New among what is generated. */
  | "added"
  /** Generated otherwise than last time, not edited. */
  | "updated"
  /** Edited by hand, generated as last time. */
  | "kept"
  /** Edited by hand, and generated otherwise: both are in it. */
  | "merged"
  /** The same, in the same places: marked in the file. */
  | "conflict"
  /** No longer generated, not edited. */
  | "removed"
  /** No longer generated, but edited by hand: left where it is. */
  | "left"
  /** Deleted by hand, generated as last time: stays deleted. */
  | "deleted"
  /** Deleted by hand, but generated otherwise now: written again. */
  | "restored";

/** What a re-conversion does to a file. */
export interface FileOutcome {
  readonly path: string;
  /** Where it was before, where it is generated under another name now. */
  readonly from?: string;
  readonly status: FileStatus;
  /** What stood there before; absent where nothing did. */
  readonly before?: string;
  /** What stands there after; absent where nothing does. */
  readonly after?: string;
  readonly conflicts: readonly LineRange[];
}

export interface FileVersions {
  readonly path: string;
  readonly base: GeneratedFile | undefined;
  readonly theirs: OnDisk;
  /** Absent where it is no longer generated. */
  readonly ours: string | undefined;
  /** Edits give way to what is generated. */
  readonly force: boolean;
}

/** Brings together what a person made of a file and what is generated now. Throws ProblemError RP166 where that cannot be. */
export function mergeFile(versions: FileVersions): FileOutcome {
  const { path, base, theirs, ours, force } = versions;
  const outcome = (status: FileStatus, after: string | undefined, conflicts: readonly LineRange[] = []) => ({
    path,
    status,
    conflicts,
    ...(theirs.kind === "text" ? { before: theirs.text } : {}),
    ...(after === undefined ? {} : { after }),
  });
  const isAsGenerated = base !== undefined && ours !== undefined && hashOf(ours) === base.sha256;
  if (theirs.kind === "absent") {
    if (ours === undefined) return outcome("unchanged", undefined);
    if (base === undefined) return outcome("added", ours);
    return isAsGenerated && !force ? outcome("deleted", undefined) : outcome("restored", ours);
  }
  if (theirs.kind === "other") {
    if (ours === undefined || (isAsGenerated && !force))
      return outcome(ours === undefined ? "left" : "kept", undefined);
    throw unmergeable(path, `it is ${theirs.what} now`);
  }
  const { text, ending } = withoutReturns(theirs.text);
  const isEdited = base === undefined || hashOf(text) !== base.sha256;
  if (ours === undefined) return isEdited && !force ? outcome("left", theirs.text) : outcome("removed", undefined);
  const asHere = ours.replaceAll("\n", ending);
  if (text === ours) return outcome("unchanged", theirs.text);
  if (force || !isEdited) return outcome("updated", asHere);
  if (isAsGenerated) return outcome("kept", theirs.text);
  if (isWhole(path)) return outcome("updated", asHere);
  const merged = mergeText({ base: base?.text ?? "", theirs: text, ours }, isProse(path));
  if (merged === undefined) throw unmergeable(path, "it has nothing to do any more with what was generated");
  const status = merged.conflicts.length === 0 ? "merged" : "conflict";
  return outcome(status, merged.text.replaceAll("\n", ending), merged.conflicts);
}

/** Files of Windows end their lines otherwise; that is no edit. */
function withoutReturns(text: string): { readonly text: string; readonly ending: "\n" | "\r\n" } {
  const returns = text.split("\r\n").length - 1;
  const isWindows = returns > 0 && returns === text.split("\n").length - 1;
  return isWindows ? { text: text.replaceAll("\r\n", "\n"), ending: "\r\n" } : { text, ending: "\n" };
}

/** Settings and documentation: a line holds several things, which are edited on their own. */
function isProse(path: string): boolean {
  return /\.(?:md|toml|ya?ml)$/.test(path);
}

function unmergeable(path: string, why: string): ProblemError {
  return new ProblemError({
    id: "RP166",
    message: `${path} was edited by hand and is generated otherwise now, but the two cannot be merged: ${why}`,
    place: { file: path },
    mend: `Move ${path} away and convert again: it is then written anew, and you can take over from yours what you want. With --force it is overwritten.`,
  });
}
