import type * as nbformat from "@jupyterlab/nbformat";
import { ProblemError } from "../problem/problem.ts";
import type { Notebook } from "./model.ts";

/** What the metadata says about the language of the code cells. */
export interface NotebookLanguage {
  readonly language: string;
  readonly kernelName?: string;
  readonly languageVersion?: string;
}

/**
 * Kernels that are known by name, for files without language_info (kernelspecs of
 * https://github.com/jupyter/jupyter/wiki/Jupyter-kernels). Other names are names of Python environments.
 */
const kernelLanguages: readonly (readonly [prefix: RegExp, language: string])[] = [
  [/^(ir|r)(-|$)/, "r"],
  [/^julia/, "julia"],
  [/^(scala|almond|apache_toree_scala)/, "scala"],
  [/^(javascript|ijavascript|jslab|deno|tslab|typescript)/, "javascript"],
  [/^(bash|calysto_bash)/, "bash"],
  [/^(xcpp|cling)/, "c++"],
  [/^rust/, "rust"],
  [/^(gophernotes|gonb)/, "go"],
  [/^(ruby|iruby)/, "ruby"],
  [/^(octave|matlab|imatlab)/, "matlab"],
  [/^(sos|stata|sas|spss)$/, "statistics package"],
  [/^\.net-(csharp|fsharp|powershell)/, ".net"],
  [/^(java|ijava|kotlin|clojure|haskell|ihaskell|perl|iperl|lua|xlua|wolfram)/, "another language"],
];

/** Reads kernelspec and language_info (nbformat 3: kernel_info); `python` where neither says. */
export function languageOf(metadata: nbformat.INotebookMetadata): NotebookLanguage {
  const kernelspec = metadata.kernelspec as Readonly<Record<string, unknown>> | undefined;
  const kernelInfo = metadata.kernel_info as Readonly<Record<string, unknown>> | undefined;
  const info = metadata.language_info as Readonly<Record<string, unknown>> | undefined;
  const kernelName = text(kernelspec?.name) ?? text(kernelInfo?.name);
  const languageVersion = text(info?.version);
  const said = text(info?.name) ?? text(kernelspec?.language) ?? text(kernelInfo?.language);
  return {
    language: said === undefined ? languageOfKernel(kernelName) : normalise(said),
    ...(kernelName === undefined ? {} : { kernelName }),
    ...(languageVersion === undefined ? {} : { languageVersion }),
  };
}

/** Throws RP106 for a notebook in another language, or in Python 2. */
export function requirePython(notebook: Notebook): void {
  const place = { file: notebook.path };
  if (notebook.language !== "python") {
    throw new ProblemError({
      id: "RP106",
      message: `The notebook's language is ${notebook.language}${notebook.kernelName ? ` (kernel ${notebook.kernelName})` : ""}; Reprise reads Python.`,
      place,
      mend: "Choose a notebook with a Python 3 kernel. If its code is Python after all, select a Python kernel in Jupyter and save the notebook.",
    });
  }
  const version = notebook.languageVersion;
  const isPython2 = version === undefined ? /^python-?2/.test(notebook.kernelName ?? "") : /^2(\.|$)/.test(version);
  if (isPython2) {
    throw new ProblemError({
      id: "RP106",
      message: `The notebook was written for Python 2 (${version === undefined ? `kernel ${notebook.kernelName}` : version}).`,
      place,
      mend: "Port it to Python 3 (print, division, integer and text types differ; ruff and 2to3 help), run it with a Python 3 kernel, and save it.",
    });
  }
}

/** Throws RP105 where there is no code to analyse. */
export function requireCode(notebook: Notebook): void {
  if (notebook.cells.some((cell) => cell.kind === "code" && cell.source.trim() !== "")) return;
  const empty = notebook.cells.filter((cell) => cell.kind === "code").length;
  throw new ProblemError({
    id: "RP105",
    message:
      empty === 0
        ? "The notebook has no code cells."
        : `The notebook has no code: all its code cells (${empty}) are empty.`,
    place: { file: notebook.path },
    mend: "Choose a notebook with code. If its code is shown as text, change the type of those cells to Code in Jupyter.",
  });
}

function normalise(language: string): string {
  const lower = language.toLowerCase();
  return /^i?python[23]?$/.test(lower) ? "python" : lower;
}

function languageOfKernel(name: string | undefined): string {
  const lower = name?.toLowerCase() ?? "";
  return kernelLanguages.find(([prefix]) => prefix.test(lower))?.[1] ?? "python";
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
