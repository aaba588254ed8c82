import type { Translation } from "../ipython/translation.ts";
import type * as ast from "../python/ast.ts";
import type { Span } from "../text/position.ts";

/** A file of the notebook's project: its text, or why there is none. */
export type ReadProjectFile = (
  path: string,
) => { readonly text: string } | { readonly why: string; readonly mend?: string };

/** A cell's translation and its syntax tree. */
export interface ReadCell {
  readonly translation: Translation;
  readonly module: ast.Module;
}

/** A file that a cell runs (`%run helper.py`), with its Python in the place of the statement that runs it. */
export interface Inclusion {
  /** As the cell names it, with its ending; relative to the folder that the notebook runs in. */
  readonly path: string;
  /** Where the statement that runs it stands in the cell's source. */
  readonly command: Span;
  /** Where its Python stands in the cell's. */
  readonly python: Span;
  /**
   * Whether it runs in the notebook's own namespace (`%run -i`, another notebook, `exec`). Otherwise it has a namespace of
   * its own, which the notebook gets a copy of: its functions go on reading their own names.
   */
  readonly sharesNames: boolean;
}

/** A statement that runs a file which cannot be followed. */
export interface Unfollowed {
  readonly command: Span;
  readonly python: Span;
  /** As written. */
  readonly path: string;
  /** A sentence without its full stop. */
  readonly why: string;
  readonly mend: string;
}

/**
 * The translation of a cell that runs files: `python` has theirs in it, and leads back to the statement that runs them.
 */
export interface IncludingTranslation extends Translation {
  readonly inclusions: readonly Inclusion[];
  readonly unfollowed: readonly Unfollowed[];
}

/** The files that a cell runs; none for a cell that was never looked at for them. */
export function inclusionsOf(translation: Translation): readonly Inclusion[] {
  return "inclusions" in translation ? (translation as IncludingTranslation).inclusions : [];
}

/** What a cell runs and could not be followed. */
export function unfollowedIn(translation: Translation): readonly Unfollowed[] {
  return "unfollowed" in translation ? (translation as IncludingTranslation).unfollowed : [];
}

/** The file that a piece of a cell's Python came from; `undefined` for what stands in the cell itself. */
export function inclusionAt(translation: Translation, offset: number): Inclusion | undefined {
  return inclusionsOf(translation).find(({ python }) => python.start <= offset && offset < python.end);
}
