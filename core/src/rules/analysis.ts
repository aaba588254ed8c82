import type { Dataflow } from "../dataflow/model.ts";
import type { Notebook } from "../notebook/model.ts";

/** What rules read: the notebook, its dataflow in document order, and in the order that the file records. */
export interface Analysis {
  readonly notebook: Notebook;
  readonly document: Dataflow;
  /** By execution counts; absent where nothing was executed or the counts give the document's order. */
  readonly recorded?: Dataflow;
  /** Imported modules, by their first name, of which nothing says the version; absent where nobody has looked. */
  readonly unpinned?: readonly string[];
}
