import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { translateCell } from "../../../core/src/ipython/translate.ts";
import type { Translation } from "../../../core/src/ipython/translation.ts";
import type { PythonParser } from "../../../core/src/python/ast.ts";
import { asIPython } from "./as-ipython.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const root = join(import.meta.dirname, "..", "..", "..");

/** How our translations compare with those of one IPython. */
export interface IPythonConformance {
  /** Of IPython. */
  readonly version: string;
  readonly cells: number;
  /** Cells in which a command stands. */
  readonly withCommands: number;
  /** Cells that differ on purpose, by reason. */
  readonly known: ReadonlyMap<string, number>;
  readonly unexplained: readonly { readonly source: string; readonly ours: string; readonly theirs: string }[];
}

/** What IPython makes of a cell; null where it raises. */
interface Made {
  readonly made: string | null;
  readonly valid: boolean;
}

/** One cell, by us and by IPython. */
interface Both {
  readonly translation: Translation;
  readonly ours: string;
  readonly isPython: boolean;
  readonly theirs: Made;
  /** What the newest IPython makes of it. */
  readonly newest: Made;
}

/** Differences that are meant, each with its reason. */
const meant: readonly { readonly reason: string; readonly is: (both: Both) => boolean }[] = [
  {
    reason: "nothing but blank lines",
    is: ({ ours, theirs }) => ours.trim() === "" && theirs.made?.trim() === "",
  },
  {
    reason: "automagic, which IPython does later, not in its transformer",
    is: ({ translation: { source, commands } }) =>
      commands.some(
        ({ kind, span }) => kind === "line-magic" && /^\p{L}+(?:[ \t]|$)/u.test(source.slice(span.start, span.end)),
      ),
  },
  {
    reason:
      "a blank behind the percent sign: IPython looks for a magic without a name, and fails; before version 7 it meant this",
    is: ({ translation: { source, commands } }) =>
      commands.some(({ span }) => /^%[ \t]/.test(source.slice(span.start, span.end))),
  },
  {
    reason: "IPython raises; the text is left to the parser, which says where it is wrong",
    is: ({ theirs, newest }) => theirs.made === null || newest.made === null,
  },
  {
    reason: "this version did otherwise; the newest IPython makes the same of it as we do",
    is: ({ ours, newest }) => ours === newest.made,
  },
  {
    reason:
      "a question mark beside a command with quotes, brackets or marks in it: IPython looks for question marks in the tokens of the whole cell, commands among them",
    is: ({ translation: { source, commands }, isPython }) =>
      source.includes("?") &&
      (!isPython ||
        commands.some(({ kind, span }) => {
          const text = source.slice(span.start, span.end);
          return (kind === "help" ? /^\?.*["'([{#\\]/s : /["'([{?#\\]/).test(text);
        })),
  },
  {
    reason: "a call of IPython's shell with literal texts, which we read as the command that it runs",
    is: ({ translation: { source } }) => /\.\s*(?:magic|run_line_magic|run_cell_magic|system|getoutput)\(/.test(source),
  },
  {
    reason: "a command behind a line that is only a backslash",
    is: ({ translation: { source } }) => /^[ \t]*\\\n[ \t]*[%!?,;/]/m.test(source),
  },
  {
    reason: "no Python, either way",
    is: ({ isPython, theirs }) => !isPython && !theirs.valid,
  },
];

/** Compares what we make of the cells with what the IPython of `python` makes of them; `newest` has the newest one. */
export function compareWithIPython(
  parser: PythonParser,
  python: string,
  newest: string,
  sources: readonly string[],
): IPythonConformance {
  const { version, cells } = transform(python, sources);
  const reference = python === newest ? cells : transform(newest, sources).cells;
  const known = new Map<string, number>();
  const unexplained: { source: string; ours: string; theirs: string }[] = [];
  let withCommands = 0;
  sources.forEach((source, at) => {
    // IPython's first step, too.
    const translation = translateCell(withLineEnd(source), 0);
    if (translation.commands.length > 0) withCommands++;
    const ours = withLineEnd(asIPython(translation));
    const theirs = cells[at] as Made;
    if (ours === theirs.made) return;
    const isPython = parser.parse(translation.python).errors.length === 0;
    const both = { translation, ours, isPython, theirs, newest: reference[at] as Made };
    const reason = meant.find(({ is }) => is(both))?.reason;
    if (reason === undefined) unexplained.push({ source, ours, theirs: String(theirs.made) });
    else known.set(reason, (known.get(reason) ?? 0) + 1);
  });
  return { version, cells: sources.length, withCommands, known, unexplained };
}

function transform(python: string, sources: readonly string[]): { version: string; cells: readonly Made[] } {
  const made = execFileSync(python, [join(fixtures, "transform.py")], {
    input: JSON.stringify(sources),
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  return JSON.parse(made);
}

/** Every code cell of the samples and of the tests' notebooks, and the cells of cells.txt. */
export function collectedCells(): readonly string[] {
  const found = new Set(
    readFileSync(join(fixtures, "cells.txt"), "utf8")
      .split(/^━━━ .*\n/m)
      .map((cell) => cell.replace(/\n$/, "")),
  );
  for (const file of globSync(["samples/**/*.ipynb", "test/**/*.ipynb"], { cwd: root })) {
    for (const source of sourcesIn(readFileSync(join(root, file), "utf8"))) found.add(source);
  }
  return [...found];
}

/** The cells of IPython's own tests, where the IPython of `python` has them installed (up to version 8). */
export function cellsOfItsOwnTests(python: string): readonly string[] {
  return JSON.parse(execFileSync(python, [join(fixtures, "own_tests.py")], { encoding: "utf8" }));
}

function sourcesIn(text: string): readonly string[] {
  try {
    const { cells } = JSON.parse(text) as { cells?: { cell_type?: string; source?: string | string[] }[] };
    return (cells ?? [])
      .filter(({ cell_type }) => cell_type === "code")
      .map(({ source = "" }) => (Array.isArray(source) ? source.join("") : source));
  } catch {
    return []; // A notebook that is broken on purpose.
  }
}

function withLineEnd(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
