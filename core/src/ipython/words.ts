import { unboundAutomagics } from "./automagic.ts";
import { shellNames } from "./written-call.ts";

/** What a cell's text means turns on what the notebook's other cells bind. */
export interface NotebookWords {
  /** Words that are magics where they begin a cell of one line, because no cell binds them. */
  readonly magics: ReadonlySet<string>;
  /** Names that hold IPython's shell (`ipython = get_ipython()`). */
  readonly shells: ReadonlySet<string>;
}

export const noWords: NotebookWords = { magics: new Set(), shells: new Set() };

/** What the texts of all code cells say of the names in each. */
export function wordsOf(sources: readonly string[]): NotebookWords {
  return { magics: unboundAutomagics(sources), shells: shellNames(sources) };
}
