import { MappedText } from "../ipython/source-map.ts";
import { translateCell } from "../ipython/translate.ts";
import type { Command, Translation } from "../ipython/translation.ts";
import type { NotebookWords } from "../ipython/words.ts";
import type * as ast from "../python/ast.ts";
import type { PythonParser } from "../python/ast.ts";
import { compileProblems } from "../python/refused/compile-problems.ts";
import type { Span } from "../text/position.ts";
import { IncludedFiles, type ReadProjectFile } from "./included-files.ts";
import type { IncludingTranslation, Inclusion, Unfollowed } from "./inclusion.ts";
import { indented } from "./indented.ts";
import { type FileRun, runsFiles } from "./runs-file.ts";
import { type TimedFunctions, timedFunctions } from "./timed-functions.ts";

export interface IncludeOptions {
  readonly parser: PythonParser;
  readonly readFile: ReadProjectFile;
}

/** A cell's translation and its syntax tree. */
export interface ReadCell<Text extends Translation = Translation> {
  readonly translation: Text;
  readonly module: ast.Module;
}

/** A cell as the analysis takes it. */
export interface AnalysableCell extends ReadCell {
  readonly timed?: TimedFunctions;
}

/**
 * A cell with the files that its statements run (`%run`, `exec(open(...).read())`) put in their place, and those that
 * these run. What cannot be followed stays as it is, with the reason. The cell itself where it runs none.
 */
function includeFiles(cell: ReadCell, options: IncludeOptions): ReadCell {
  return include(cell, new IncludedFiles(options), options.parser);
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
  const read = readFile === undefined ? cell : includeFiles(cell, { parser, readFile });
  const timed = timedFunctions(read.translation, parser);
  return timed.size === 0 ? read : { ...read, timed };
}

/** The tree of a text, with what CPython's compiler refuses of it where its form is right. */
function compiled(parser: PythonParser, python: string): ast.Module {
  const module = parser.parse(python);
  const errors = module.errors.length > 0 ? module.errors : compileProblems(module, python);
  return errors === module.errors ? module : { ...module, errors };
}

function include(cell: ReadCell, files: IncludedFiles, parser: PythonParser): ReadCell {
  const { translation, module } = cell;
  const runs = runsFiles(module, translation);
  if (runs.length === 0) return cell;
  const made = new MappedText(translation.python);
  const inclusions: Inclusion[] = [];
  const unfollowed: { readonly run: FileRun; readonly why: string; readonly mend: string }[] = [];
  const unfollowedInside: Unfollowed[] = [];
  const inner: Command[] = [];
  let done = 0;
  for (const run of runs) {
    const found = files.read(run, (text, index) => {
      const inside = translateCell(text, index);
      return include({ translation: inside, module: compiled(parser, inside.python) }, files, parser);
    });
    if ("why" in found) {
      unfollowed.push({ run, ...found });
      continue;
    }
    const { start, end } = run.node;
    const indent = translation.python.slice(translation.python.lastIndexOf("\n", start - 1) + 1, start);
    if (/\S/.test(indent) && isBlock(module, start)) {
      unfollowed.push({ run, ...sharedLine(found.path) });
      continue;
    }
    const block = indented(found.python, parser.parse(found.python), /\S/.test(indent) ? "" : indent);
    made.copy(done, start);
    const command = commandSpan(translation, run.node);
    const at = made.length;
    const place = ({ start, end }: Span): Span => ({ start: block.moved(start) + at, end: block.moved(end) + at });
    if (block.python !== "") made.replace(start, end, block.python);
    inclusions.push({
      path: found.path,
      command,
      python: { start: at, end: made.length },
      sharesNames: found.sharesNames,
    });
    for (const each of found.commands) inner.push({ ...each, span: command, pythonSpan: place(each.pythonSpan) });
    for (const each of found.unfollowed) unfollowedInside.push({ ...each, command, python: place(each.python) });
    done = end;
  }
  made.copy(done, translation.python.length);
  const map = made.map();
  const python = made.text();
  const taken = new Set(inclusions.map(({ command }) => command.start));
  const including: IncludingTranslation = {
    ...translation,
    python,
    commands: [
      ...translation.commands
        .filter(({ name, span }) => name !== "run" || !taken.has(span.start))
        .map((each) => ({ ...each, pythonSpan: movedSpan(each.pythonSpan, (offset) => map.toMade(offset)) })),
      ...inner,
    ].sort((one, other) => one.pythonSpan.start - other.pythonSpan.start),
    toSource: (offset) => translation.toSource(map.toSource(offset)),
    toPython: (offset) => map.toMade(translation.toPython(offset)),
    inclusions,
    unfollowed: [
      ...unfollowed.map(({ run, why, mend }) => {
        const python = movedSpan(run.node, (offset) => map.toMade(offset));
        return { command: commandSpan(translation, run.node), python, path: run.path, why, mend };
      }),
      ...unfollowedInside,
    ],
  };
  return { translation: including, module: python === translation.python ? module : compiled(parser, python) };
}

/** Whether a statement stands inside of another. */
function isBlock({ body }: ast.Module, start: number): boolean {
  return body.some((node) => node.start < start && start < node.end);
}

function sharedLine(path: string): { readonly why: string; readonly mend: string } {
  return { why: `${path} is run behind other code on its line`, mend: "Give it a line of its own." };
}

function commandSpan(translation: Translation, node: Span): Span {
  const command = translation.commands.find(({ pythonSpan }) => pythonSpan.start === node.start);
  return command?.span ?? { start: translation.toSource(node.start), end: translation.toSource(node.end - 1) + 1 };
}

function movedSpan({ start, end }: Span, move: (offset: number) => number): Span {
  return { start: move(start), end: move(end) };
}
