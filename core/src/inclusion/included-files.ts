import type { Command } from "../ipython/translation.ts";
import type { PythonParser } from "../python/ast.ts";
import { readNotebookFile } from "../text-notebook/read-file.ts";
import { type ReadCell, type ReadProjectFile, type Unfollowed, unfollowedIn } from "./inclusion.ts";
import type { FileRun } from "./runs-file.ts";

/** The Python of a file, ready to stand in a cell. */
export interface FilePython {
  readonly path: string;
  readonly python: string;
  readonly commands: readonly Command[];
  /** What it runs itself and could not be followed; places are in its own Python. */
  readonly unfollowed: readonly Unfollowed[];
  readonly sharesNames: boolean;
}

export interface NotFollowed {
  readonly why: string;
  readonly mend: string;
}

/** Files that run files that run files: nobody goes deeper. */
const deepest = 8;
/** All text that one cell may run. */
const mostText = 1_000_000;

/** Reads the files that one cell runs: never in a circle, nor without end. */
export class IncludedFiles {
  readonly #parser: PythonParser;
  readonly #readFile: ReadProjectFile;
  readonly #open: string[] = [];
  #left = mostText;

  constructor(parser: PythonParser, readFile: ReadProjectFile) {
    this.#parser = parser;
    this.#readFile = readFile;
  }

  /** `readCell` reads the cells of the file, and what they run in turn. */
  read(run: FileRun, readCell: (text: string, index: number) => ReadCell): FilePython | NotFollowed {
    if ("why" in run) return { why: run.why, mend: run.mend };
    const found = this.#find(run.path.replaceAll("\\", "/"));
    if ("why" in found) return found;
    const { path, text } = found;
    if (this.#open.includes(path)) {
      return {
        why: `${[...this.#open, path].join(" runs ")}: they run one another`,
        mend: "Put what both need into a third file.",
      };
    }
    if (this.#open.length >= deepest) {
      return { why: `${path} is run by files ${deepest} levels deep`, mend: "Import what is needed as a module." };
    }
    this.#left -= text.length;
    if (this.#left < 0) {
      return {
        why: `${path} and what else the cell runs is more than ${mostText / 1e6} MB of code`,
        mend: "Import what is needed as a module.",
      };
    }
    const unfit = unfitness(text, run);
    if (unfit !== undefined) return { why: `${path} ${unfit.why}`, mend: unfit.mend };
    this.#open.push(path);
    try {
      return this.#pythonOf(path, text, run, readCell);
    } finally {
      this.#open.pop();
    }
  }

  /** IPython adds the ending `.py`; Databricks runs notebooks without one. */
  #find(path: string): { readonly path: string; readonly text: string } | NotFollowed {
    const plain = path.replace(/^(?:\.\/)+/, "");
    const candidates = /\.(?:py|ipynb|ipy)$/i.test(plain) ? [plain] : [`${plain}.py`, `${plain}.ipynb`, plain];
    let refused: { readonly why: string; readonly mend?: string } | undefined;
    for (const candidate of candidates) {
      const read = this.#readFile(candidate);
      if ("text" in read) return { path: candidate, text: read.text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n") };
      refused ??= read;
    }
    const mend = `Put ${path} where the notebook runs it from.`;
    return { mend, ...(refused ?? { why: `${path} is not there` }) };
  }

  /** A script's docstring tells of the script; in a cell it would be a text that nobody uses. */
  #withoutDocstring(text: string): string {
    const [first] = this.#parser.parse(text).body;
    const isDocstring = first?.type === "Expr" && first.value.type === "Constant" && first.value.kind === "str";
    return isDocstring ? text.slice(0, first.start) + text.slice(first.end) : text;
  }

  #pythonOf(
    path: string,
    text: string,
    run: FileRun & { readonly sharesNames: boolean },
    readCell: (text: string, index: number) => ReadCell,
  ): FilePython | NotFollowed {
    const isNotebook = /\.ipynb$/i.test(path) || text.startsWith("# Databricks notebook source");
    const texts = isNotebook ? cellsOf(text, path, this.#parser) : [text];
    if (texts === undefined)
      return { why: `${path} cannot be read as a notebook`, mend: "Open and save it in Jupyter." };
    const commands: Command[] = [];
    const unfollowed: Unfollowed[] = [];
    let python = "";
    for (const [index, source] of texts.entries()) {
      const { translation, module } = readCell(isNotebook ? source : this.#withoutDocstring(source), index);
      if (module.errors.length > 0) return { why: `${path} is not Python 3`, mend: `Correct ${path}.` };
      const isLast = index === texts.length - 1;
      const last = module.body.at(-1);
      // Nothing of it is shown by itself; the cell's last expression would be.
      const end = isLast && last?.type === "Expr" ? last.end : undefined;
      for (const command of translation.commands) {
        const { start, end: to } = command.pythonSpan;
        commands.push({ ...command, pythonSpan: { start: start + python.length, end: to + python.length } });
      }
      for (const each of unfollowedIn(translation)) {
        const { start, end: to } = each.python;
        unfollowed.push({ ...each, python: { start: start + python.length, end: to + python.length } });
      }
      const own = translation.python;
      python += end === undefined ? own : `${own.slice(0, end)};${own.slice(end)}`;
      if (!python.endsWith("\n") && !isLast) python += "\n";
    }
    return { path, python: python.trimEnd(), commands, unfollowed, sharesNames: isNotebook || run.sharesNames };
  }
}

function cellsOf(text: string, path: string, parser: PythonParser): readonly string[] | undefined {
  try {
    const { cells } = readNotebookFile(text, path, parser);
    return cells.flatMap(({ kind, source }) => (kind === "code" && source.trim() !== "" ? [source] : []));
  } catch {
    return undefined;
  }
}

const readsCommandLine =
  /\bargv\b|\.parse_(?:known_|intermixed_|known_intermixed_)?args\(|^[ \t]*(?:from|import)[ \t]+(?:click|docopt|fire|getopt|tyro|typer)\b/m;

/** What only makes sense where the file is a program of its own. */
function unfitness(text: string, run: FileRun & { readonly isNamed: boolean }): NotFollowed | undefined {
  if (readsCommandLine.test(text)) {
    return { why: "reads its command line", mend: "Put what it does into a function with arguments, and import that." };
  }
  if (/\b__file__\b/.test(text)) {
    return {
      why: "asks where it lies (`__file__`)",
      mend: "Give it the path that it needs, or import it as a module.",
    };
  }
  if (run.isNamed && /\b__name__\b/.test(text)) {
    return { why: "asks for its `__name__`, which -n changes", mend: "Import it as a module instead." };
  }
  return undefined;
}
