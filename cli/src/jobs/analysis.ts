import { dirname, resolve } from "node:path";
import {
  type Analysis,
  analyseNotebook,
  createPythonParser,
  type Notebook,
  type PythonParser,
  readNotebookFile,
  requireCode,
  requirePython,
} from "@reprise/core";
import { loadGrammar, projectFileReader, withSurroundings } from "@reprise/core/node";
import { isWithoutFolder, type Reading, readInput, shownPath } from "../input.ts";

let parser: Promise<PythonParser> | undefined;

/** The parser, made once a process. */
export function pythonParser(): Promise<PythonParser> {
  parser ??= createPythonParser(loadGrammar());
  return parser;
}

/** Reads a notebook that is in Python and has code. Throws ProblemError. */
export async function openNotebook(path: string, reading: Reading = {}): Promise<Notebook> {
  const notebook = await openAnyNotebook(path, reading);
  requirePython(notebook);
  return notebook;
}

/** Reads a notebook that has code, in whatever language. Throws ProblemError. */
export async function openAnyNotebook(path: string, reading: Reading = {}): Promise<Notebook> {
  const notebook = readNotebookFile(await readInput(path, reading), shownPath(path), await pythonParser());
  requireCode(notebook);
  return notebook;
}

/** Reads and analyses a notebook; nothing of it is executed. Throws ProblemError. */
export async function analyseFile(path: string, reading: Reading = {}): Promise<Analysis> {
  return analyseAt(path, await openNotebook(path, reading), await pythonParser());
}

/** Analyses a notebook that stands, or could stand, at a path: what lies around it is looked at too. */
export function analyseAt(path: string, notebook: Notebook, parser: PythonParser): Analysis {
  const folder = isWithoutFolder(path) ? process.cwd() : dirname(resolve(path));
  return withSurroundings(analyseNotebook(notebook, parser, projectFileReader(folder)), folder);
}
