import { MappedText } from "../ipython/source-map.ts";
import { translateCell } from "../ipython/translate.ts";
import type { Command, Translation } from "../ipython/translation.ts";
import type * as ast from "../python/ast.ts";
import type { PythonParser } from "../python/ast.ts";
import type { Span } from "../text/position.ts";
import { compiled } from "./compiled.ts";
import type { FilePython, IncludedFiles, NotFollowed } from "./included-files.ts";
import type { IncludingTranslation, Inclusion, ReadCell, Unfollowed } from "./inclusion.ts";
import { type Indented, indented } from "./indented.ts";
import { type FileRun, runsFiles } from "./runs-file.ts";

/** A statement whose file is put in its place. */
interface TakenRun {
  readonly run: FileRun;
  readonly file: FilePython;
  /** The file's Python as it fits there. */
  readonly block: Indented;
}

/** A statement that stays as it is. */
interface LeftRun extends NotFollowed {
  readonly run: FileRun;
}

/** What a file brings into a cell; places are those of the cell. */
interface PlacedFile {
  readonly inclusion: Inclusion;
  readonly commands: readonly Command[];
  readonly unfollowed: readonly Unfollowed[];
}

/**
 * A cell with the files that its statements run (`%run`, `exec(open(...).read())`) put in their place, and those that
 * these run. What cannot be followed stays as it is, with the reason. The cell itself where it runs none.
 */
export function includeFiles(cell: ReadCell, files: IncludedFiles, parser: PythonParser): ReadCell {
  const { module, translation } = cell;
  const runs = runsFiles(module, translation);
  if (runs.length === 0) return cell;
  const [taken, left]: [TakenRun[], LeftRun[]] = [[], []];
  for (const run of runs) {
    const judged = takeOrLeave(run, cell, files, parser);
    if ("why" in judged) left.push(judged);
    else taken.push(judged);
  }
  const including = withFiles(translation, taken, left);
  const isSame = including.python === translation.python;
  return { translation: including, module: isSame ? module : compiled(parser, including.python) };
}

function takeOrLeave(
  run: FileRun,
  { module, translation }: ReadCell,
  files: IncludedFiles,
  parser: PythonParser,
): TakenRun | LeftRun {
  const file = files.read(run, (text, index) => {
    const inside = translateCell(text, index);
    return includeFiles({ translation: inside, module: compiled(parser, inside.python) }, files, parser);
  });
  if ("why" in file) return { run, ...file };
  const { start } = run.node;
  const before = translation.python.slice(translation.python.lastIndexOf("\n", start - 1) + 1, start);
  const isBehindCode = /\S/.test(before);
  if (isBehindCode && isInBlock(module, start)) return { run, ...sharedLine(file.path) };
  return { run, file, block: indented(file.python, parser.parse(file.python), isBehindCode ? "" : before) };
}

/** Whether a statement stands inside of another. */
function isInBlock({ body }: ast.Module, start: number): boolean {
  return body.some((node) => node.start < start && start < node.end);
}

function sharedLine(path: string): NotFollowed {
  return { why: `${path} is run behind other code on its line`, mend: "Give it a line of its own." };
}

function withFiles(
  translation: Translation,
  taken: readonly TakenRun[],
  left: readonly LeftRun[],
): IncludingTranslation {
  const made = new MappedText(translation.python);
  const placed: PlacedFile[] = [];
  let done = 0;
  for (const each of taken) {
    const { start, end } = each.run.node;
    made.copy(done, start);
    const at = made.length;
    if (each.block.python !== "") made.replace(start, end, each.block.python);
    placed.push(placedFile(each, commandSpan(translation, each.run.node), { start: at, end: made.length }));
    done = end;
  }
  made.copy(done, translation.python.length);
  const map = made.map();
  const toMade = (span: Span) => moved(span, (offset) => map.toMade(offset));
  const replaced = new Set(placed.map(({ inclusion }) => inclusion.command.start));
  const own = translation.commands.filter(({ name, span }) => name !== "run" || !replaced.has(span.start));
  return {
    ...translation,
    python: made.text(),
    commands: [
      ...own.map((each) => ({ ...each, pythonSpan: toMade(each.pythonSpan) })),
      ...placed.flatMap(({ commands }) => commands),
    ].sort((one, other) => one.pythonSpan.start - other.pythonSpan.start),
    toSource: (offset) => translation.toSource(map.toSource(offset)),
    toPython: (offset) => map.toMade(translation.toPython(offset)),
    inclusions: placed.map(({ inclusion }) => inclusion),
    unfollowed: [
      ...left.map(({ run, why, mend }) => {
        return { command: commandSpan(translation, run.node), python: toMade(run.node), path: run.path, why, mend };
      }),
      ...placed.flatMap(({ unfollowed }) => unfollowed),
    ],
  };
}

/** @param command Where the statement that runs the file stands in the cell. @param python Where the file's Python does. */
function placedFile({ file, block }: TakenRun, command: Span, python: Span): PlacedFile {
  const { path, sharesNames } = file;
  const place = (span: Span) => moved(span, (offset) => block.moved(offset) + python.start);
  return {
    inclusion: { path, command, python, sharesNames },
    commands: file.commands.map((each) => ({ ...each, span: command, pythonSpan: place(each.pythonSpan) })),
    unfollowed: file.unfollowed.map((each) => ({ ...each, command, python: place(each.python) })),
  };
}

function commandSpan(translation: Translation, node: Span): Span {
  const command = translation.commands.find(({ pythonSpan }) => pythonSpan.start === node.start);
  return command?.span ?? { start: translation.toSource(node.start), end: translation.toSource(node.end - 1) + 1 };
}

function moved({ start, end }: Span, move: (offset: number) => number): Span {
  return { start: move(start), end: move(end) };
}
