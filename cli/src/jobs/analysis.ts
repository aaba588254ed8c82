import {
  type Analysis,
  analyseNotebook,
  createPythonParser,
  type Notebook,
  type PythonParser,
  readNotebook,
  requireCode,
  requirePython,
} from "@reprise/core";
import { loadGrammar } from "@reprise/core/node";
import { readInput, shownPath } from "../input.ts";

let parser: Promise<PythonParser> | undefined;

/** The parser, made once a process. */
export function pythonParser(): Promise<PythonParser> {
  parser ??= createPythonParser(loadGrammar());
  return parser;
}

/** Reads a notebook that is in Python and has code. Throws ProblemError. */
export async function openNotebook(path: string): Promise<Notebook> {
  const notebook = readNotebook(await readInput(path), shownPath(path));
  requirePython(notebook);
  requireCode(notebook);
  return notebook;
}

/** Reads and analyses a notebook; nothing of it is executed. Throws ProblemError. */
export async function analyseFile(path: string): Promise<Analysis> {
  return analyseNotebook(await openNotebook(path), await pythonParser());
}
