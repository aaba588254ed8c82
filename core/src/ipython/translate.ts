import type { Span } from "../text/position.ts";
import { automagicOf } from "./automagic.ts";
import { CleanedText } from "./cleaned-text.ts";
import { hiddenCommand, magicCommand, nameAndArgument, runsBody } from "./command.ts";
import { LineTranslator } from "./line-translator.ts";
import { pythonRepr } from "./python-literal.ts";
import { MappedText, type SourceMap } from "./source-map.ts";
import type { Command, Translation } from "./translation.ts";
import { type NotebookWords, noWords } from "./words.ts";
import { type WrittenCall, writeCommand } from "./written-call.ts";

/**
 * Turns a cell, as it stands in the file, into the Python that IPython makes of it
 * (IPython.core.inputtransformer2, IPython 9), except that Python inside of commands that only time or capture it
 * stands in the open, and that a call of IPython's shell with literal texts is the command that it runs. Never throws;
 * linear in the length of the cell.
 *
 * @param words What the notebook's other cells say of the names in this one (`wordsOf`).
 */
export function translateCell(source: string, cell: number, words: NotebookWords = noWords): Translation {
  const { translation, written, cleaned } = translate(source, cell, words);
  if (cleaned === undefined || written.length === 0) return translation;
  const made = new MappedText(source);
  for (const call of written) writeCommand(made, cleaned, call);
  made.copy(made.done, source.length);
  const places = written.map(({ start, end }) => ({ start: cleaned.sourceOf(start), end: cleaned.sourceBehind(end) }));
  return behind(translation, made.map(), translate(made.text(), cell, words).translation, places);
}

interface Translated {
  readonly translation: Translation;
  /** Calls of the shell that are commands: the translation has them as they stand. */
  readonly written: readonly WrittenCall[];
  /** In whose text they stand. */
  readonly cleaned: CleanedText | undefined;
}

function translate(source: string, cell: number, words: NotebookWords): Translated {
  const made = new MappedText(source);
  const commands: Command[] = [];
  const cleaned = translateCellMagics(source, made, commands);
  const openMagics = commands.length;
  let written: readonly WrittenCall[] = [];
  if (cleaned !== undefined && !translateAutomagic(cleaned, made, commands, words.magics)) {
    const lines = new LineTranslator(cleaned, made, commands, words.shells);
    lines.translate();
    written = lines.written;
  }
  const python = made.text();
  const map = made.map();
  const translation: Translation = {
    cell,
    source,
    python,
    // What stands below a magic that runs its body is the Python of that magic.
    commands: commands.map((command, index) =>
      cleaned !== undefined && index < openMagics
        ? { ...command, pythonSpan: { start: 0, end: python.length } }
        : command,
    ),
    toSource: (offset) => map.toSource(offset),
    toPython: (offset) => map.toMade(offset),
  };
  return { translation, written, cleaned };
}

/** The translation of what a source became, as one of the source; `places` are those of calls that became commands. */
function behind(
  { source, cell }: Translation,
  map: SourceMap,
  inner: Translation,
  places: readonly Span[],
): Translation {
  const wholeCall = ({ start, end }: Span): Span => {
    const [from, to] = [map.toSource(start), end === 0 ? 0 : map.toSource(end - 1) + 1];
    const place = lastBefore(places, from);
    return place !== undefined && to <= place.end ? place : { start: from, end: to };
  };
  return {
    cell,
    source,
    python: inner.python,
    commands: inner.commands.map((command) => ({ ...command, span: wholeCall(command.span) })),
    toSource: (offset) => map.toSource(inner.toSource(offset)),
    toPython: (offset) => inner.toPython(map.toMade(offset)),
  };
}

/** The last of sorted places that begins at or before an offset. */
function lastBefore(places: readonly Span[], offset: number): Span | undefined {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as Span).start <= offset) low = middle + 1;
    else high = middle;
  }
  return places[low - 1];
}

/** Cell magics below cell magics: nobody goes deeper, and each costs a pass over the cell. */
const deepest = 16;

/** Takes the cell magics off; returns what is left to be translated line by line, or nothing where one hides it all. */
function translateCellMagics(source: string, made: MappedText, commands: Command[]): CleanedText | undefined {
  for (let from = 0; ; ) {
    const text = new CleanedText(source, from);
    const lineEnd = text.text.indexOf("\n") + 1 || text.text.length;
    const line = text.text.slice(0, lineEnd);
    if (!line.startsWith("%%") || /^%%[\p{L}\p{N}_]+\?/u.test(line)) return text;
    const [name, argument] = nameAndArgument(line.slice(2).trimEnd());
    const below = text.text.slice(lineEnd);
    // IPython ends every cell with a line end: `%%writefile` writes it.
    const body = below === "" || below.endsWith("\n") ? below : `${below}\n`;
    const span = { start: text.sourceOf(0), end: source.length };
    if (commands.length >= deepest || !runsBody(name, argument)) {
      const call = `get_ipython().run_cell_magic(${[name, argument, body].map(pythonRepr).join(", ")})`;
      made.replace(span.start, span.end, call);
      commands.push({ ...hiddenCommand(name, argument, body), span, pythonSpan: { start: 0, end: call.length } });
      return undefined;
    }
    const command = { ...magicCommand(name, argument, body), meaning: "python" as const };
    commands.push({ ...command, span, pythonSpan: { start: 0, end: 0 } });
    from = text.sourceBehind(lineEnd);
  }
}

/** `pip install x` alone in its cell: IPython takes it as `%pip install x`. */
function translateAutomagic(
  text: CleanedText,
  made: MappedText,
  commands: Command[],
  unbound: ReadonlySet<string>,
): boolean {
  const line = text.text.trimEnd();
  const found = automagicOf(line, unbound);
  if (found === undefined) return false;
  const { name, argument } = found;
  const call = `get_ipython().run_line_magic(${pythonRepr(name)}, ${pythonRepr(argument)})`;
  const span = { start: text.sourceOf(0), end: text.sourceBehind(line.length) };
  const start = made.length;
  made.replace(span.start, span.end, call);
  commands.push({ ...hiddenCommand(name, argument), span, pythonSpan: { start, end: made.length } });
  return true;
}
