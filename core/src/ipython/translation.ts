import type { Span } from "../text/position.ts";

/**
 * The Python that a cell means, and the way back.
 *
 * Where a command holds Python that runs in the notebook's namespace (`%time x = f()`), that Python stands in `python`
 * itself, so that the analysis sees it. Everything else becomes the call that IPython makes of it
 * (`get_ipython().run_line_magic("matplotlib", "inline")`), as IPython.core.inputtransformer2 does.
 */
export interface Translation {
  /** The cell's index in the file. */
  readonly cell: number;
  /** What stood in the cell. */
  readonly source: string;
  readonly python: string;
  /** The lines that were not Python, in order. */
  readonly commands: readonly Command[];
  /** The offset in `source` that an offset in `python` came from. Never throws; monotone. */
  toSource(offset: number): number;
  /** The offset in `python` of an offset in `source`: its nearest place where it has none of its own. */
  toPython(offset: number): number;
}

/** A magic, a shell line or a help request. */
export interface Command {
  readonly kind: "line-magic" | "cell-magic" | "shell" | "help";
  /** Without the percent signs, such as `time`, `pip`, `bash`; `!`, `!!`, `?`, `??` for the others. */
  readonly name: string;
  /** The rest of its line. */
  readonly argument: string;
  /** The body of a cell magic. */
  readonly body?: string;
  /** In `source`. */
  readonly span: Span;
  /** In `python`. */
  readonly pythonSpan: Span;
  /**
   * Names that it binds in the notebook's namespace without an assignment that Python shows (`%%capture out`); `*` where
   * they cannot be known (`%run`, `%pylab`).
   */
  readonly binds: readonly string[];
  /** Names that IPython may put into its text (`!head {path}`, `$path`); some are variables of the shell. */
  readonly reads: readonly string[];
  readonly meaning: CommandMeaning;
  /** What a magic such as `%timeit` runs in a function of its own, as often as the clock allows; as the cell has it. */
  readonly timed?: string;
}

/**
 * What a command is to a pipeline.
 *
 * - `python`: it runs Python of the notebook (`%time`, `%%time`, `%%capture`); that Python stands in the translation
 * - `timing-only`: it runs Python whose names are not kept, though its changes are (`%timeit`)
 * - `environment`: it installs something (`%pip`, `!pip install`, `%conda`)
 * - `display`: it only concerns the screen (`%matplotlib`, `%config`, `x?`)
 * - `names`: it deletes names of the notebook (`%reset`)
 * - `setting`: it changes the process (`%env`, `%cd`, `%load_ext autoreload`)
 * - `file`: it writes or runs a file (`%%writefile`, `%run`)
 * - `shell`: another command line (`!ls`, `%%bash`)
 * - `foreign`: a cell in another language (`%%sql`, `%%R`, `%%javascript`)
 * - `unknown`: a magic that Reprise does not know; assumed to read and change anything
 */
export type CommandMeaning =
  | "python"
  | "timing-only"
  | "environment"
  | "display"
  | "names"
  | "setting"
  | "file"
  | "shell"
  | "foreign"
  | "unknown";
