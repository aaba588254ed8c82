import { automagicOf } from "./automagic.ts";
import { CleanedText } from "./cleaned-text.ts";
import { hiddenCommand, magicCommand, nameAndArgument, runsBody } from "./command.ts";
import { LineTranslator } from "./line-translator.ts";
import { pythonRepr } from "./python-literal.ts";
import { MappedText } from "./source-map.ts";
import type { Command, Translation } from "./translation.ts";
import { type NotebookWords, noWords } from "./words.ts";

/**
 * Turns a cell, as it stands in the file, into the Python that IPython makes of it
 * (IPython.core.inputtransformer2, IPython 9), except that Python inside of commands that only time or capture it
 * stands in the open. Never throws; linear in the length of the cell.
 *
 * @param words What the notebook's other cells say of the names in this one (`wordsOf`).
 */
export function translateCell(source: string, cell: number, words: NotebookWords = noWords): Translation {
  const made = new MappedText(source);
  const commands: Command[] = [];
  const text = translateCellMagics(source, made, commands);
  const openMagics = commands.length;
  if (text !== undefined && !translateAutomagic(text, made, commands, words.magics)) {
    new LineTranslator(text, made, commands, words.shells, (line) => translateCell(line, cell)).translate();
  }
  const python = made.text();
  const map = made.map();
  return {
    cell,
    source,
    python,
    // What stands below a magic that runs its body is the Python of that magic.
    commands: commands.map((command, index) =>
      text !== undefined && index < openMagics ? { ...command, pythonSpan: { start: 0, end: python.length } } : command,
    ),
    toSource: (offset) => map.toSource(offset),
    toPython: (offset) => map.toMade(offset),
  };
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
    commands.push({ ...magicCommand(name, argument, body), span, pythonSpan: { start: 0, end: 0 } });
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
