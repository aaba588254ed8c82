import { translateCell } from "../ipython/translate.ts";
import type { NotebookWords } from "../ipython/words.ts";
import type { PythonParser } from "../python/ast.ts";
import { compiled } from "./compiled.ts";
import { includeFiles } from "./include-files.ts";
import { IncludedFiles } from "./included-files.ts";
import type { ReadCell, ReadProjectFile } from "./inclusion.ts";
import { type TimedFunctions, timedFunctions } from "./timed-functions.ts";

/** A cell as the analysis takes it. */
export interface AnalysableCell extends ReadCell {
  readonly timed?: TimedFunctions;
}

/** Reads a cell's source: its translation, with the files that it runs in it where they can be read, and what it times. */
export function readCell(
  source: string,
  index: number,
  parser: PythonParser,
  readFile?: ReadProjectFile,
  words?: NotebookWords,
): AnalysableCell {
  const translation = translateCell(source, index, words);
  const cell = { translation, module: compiled(parser, translation.python) };
  const read = readFile === undefined ? cell : includeFiles(cell, new IncludedFiles(parser, readFile), parser);
  const timed = timedFunctions(read.translation, parser);
  return timed.size === 0 ? read : { ...read, timed };
}
