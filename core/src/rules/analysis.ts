import type { Dataflow } from "../dataflow/model.ts";
import type { RandomStream } from "../effects/effect.ts";
import type { LibraryVersions } from "../effects/version-range.ts";
import type { Notebook } from "../notebook/model.ts";

/** What rules read: the notebook, its dataflow in document order, and in the order that the file records. */
export interface Analysis {
  readonly notebook: Notebook;
  readonly document: Dataflow;
  /** By execution counts; absent where nothing was executed or the counts give the document's order. */
  readonly recorded?: Dataflow;
  /** Imported modules, by their first name, of which nothing says the version; absent where nobody has looked. */
  readonly unpinned?: readonly string[];
  /** What lies around the notebook's file; absent where nobody has looked. */
  readonly surroundings?: Surroundings;
  /** Versions of libraries, by import name, where they are known. */
  readonly versions?: LibraryVersions;
  /** The modules of its own project that it imports; absent where nobody has looked. */
  readonly ownModules?: OwnModules;
}

/** What only the file system can say of a notebook: rules never look there themselves. */
export interface Surroundings {
  /** Paths that cells read, as they name them, which are not there and which nothing in the notebook makes. */
  readonly missingFiles: readonly string[];
  /** Relative paths that lead out of the project's folder, where it is known. */
  readonly outsideFiles: readonly string[];
  /** First names of imported modules that look like the project's own and are not there. */
  readonly missingModules: readonly string[];
}

/** What is known of modules that the analysis does not follow. */
export interface OwnModules {
  /** True where all that the notebook's search path leads to is known, and belongs to its project. */
  readonly areComplete: boolean;
  /** Streams of random numbers that their functions draw from. */
  readonly draws: readonly RandomStream[];
  /** First names of those that may draw into the figures that are open. */
  readonly drawing: ReadonlySet<string>;
  /** True where they show figures themselves. */
  readonly showing: boolean;
}
