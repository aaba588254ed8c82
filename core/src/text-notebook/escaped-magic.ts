import { cutLine, type DraftLine } from "./draft.ts";
import { QuotedLines } from "./quoted-lines.ts";

/**
 * Lines that jupytext takes for IPython's when they are comments: magics, shell lines, help, assignments from either
 * (https://jupytext.readthedocs.io/en/latest/formats-scripts.html).
 */
const magics: readonly RegExp[] = [
  /^\s*(?:# ?)*%{1,3}[a-zA-Z]/,
  /^\s*(?:(?:# ?)+\s*)?[?!]\s*[A-Za-z.~$\\/{}]/,
  /^(?:# ?)*\s*[a-zA-Z_][a-zA-Z_$0-9]*\s*=\s*(?:%{1,3}|!)[a-zA-Z]/,
  /^\s*(?:# )*\S*\?\s*$/,
];
/** The commands of a shell that automagic knows. Jupytext takes `# copy the data` for one too. */
const command = /^(?:# ?)*(?:cat|cd|copy|cp|ddir|echo|ldir|ls|mkdir|mv|ren|rm|rmdir)(?:$|\s$|\s[^=,])/;
const kept = /^\s*(?:# ?)*%{1,3}[a-zA-Z].*#\s*noescape/;

/**
 * The code of a cell as the notebook has it: IPython's own lines stand in comments in a script, so that Python reads it.
 * Commands of a shell without a sign are looked for in comments only where jupytext wrote the script.
 */
export function withMagics(lines: readonly DraftLine[], isJupytext: boolean): readonly DraftLine[] {
  const quoted = new QuotedLines();
  let goesOn = false;
  return lines.map((line) => {
    const isMagic = !quoted.isQuoted && (goesOn || isMagicLine(line.text, isJupytext));
    if (!quoted.isQuoted) goesOn = isMagic && /\\\s*$/.test(line.text);
    quoted.read(line.text);
    return isMagic ? uncommented(line) : line;
  });
}

function isMagicLine(text: string, isJupytext: boolean): boolean {
  // A long line of blanks and hashes is no magic, and must not cost more than any other.
  if (text.length >= 2000 || kept.test(text)) return false;
  return magics.some((magic) => magic.test(text)) || (isJupytext && command.test(text));
}

/** One comment sign less; the indentation stays. */
function uncommented(line: DraftLine): DraftLine {
  const sign = /^(\s*)# ?/.exec(line.text);
  if (sign === null) return line;
  const [whole, indent = ""] = sign;
  if (indent === "") return cutLine(line, whole.length);
  return {
    text: indent + line.text.slice(whole.length),
    line: line.line,
    shift: line.shift + whole.length - indent.length,
  };
}

/** A line of text without the comment sign that makes it one in a script. */
export function withoutComment(line: DraftLine): DraftLine {
  if (line.text.startsWith("# ")) return cutLine(line, 2);
  return line.text.startsWith("#") ? cutLine(line, 1) : line;
}
