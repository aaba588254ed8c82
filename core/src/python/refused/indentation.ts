import type { SyntaxProblem } from "../ast.ts";
import { problem } from "./problem.ts";

/** Lines whose indentation Python's tokenizer or grammar refuses; the first of them, since it decides about the others. */
export function* indentationProblems(text: string): Iterable<SyntaxProblem> {
  const open: Indentation[] = [{ columns: 0, narrow: 0, characters: 0 }];
  let opensBlock = false;
  for (const line of codeLines(text)) {
    const top = open.at(-1) as Indentation;
    const place = { start: line.start, end: line.end };
    const deeper = compare(line.indentation, top);
    if (deeper === undefined) return yield problem(place, "inconsistent use of tabs and spaces in indentation");
    if (opensBlock && deeper <= 0) return yield problem(place, "expected an indented block");
    if (!opensBlock && deeper > 0) return yield problem(place, "unexpected indent");
    if (deeper > 0) open.push(line.indentation);
    while (open.length > 1 && (compare(line.indentation, open.at(-1) as Indentation) ?? 0) < 0) open.pop();
    const matched = compare(line.indentation, open.at(-1) as Indentation);
    if (matched !== 0) return yield problem(place, "unindent does not match any outer indentation level");
    opensBlock = line.opensBlock;
  }
  if (opensBlock)
    yield problem({ start: Math.max(0, text.trimEnd().length - 1), end: text.length }, "expected an indented block");
}

/** How far a line stands in, with tabs as CPython counts them: to the next eighth column, and as one; and its characters. */
interface Indentation {
  readonly columns: number;
  readonly narrow: number;
  readonly characters: number;
}

/** Below zero where the first stands in less; `undefined` where that depends on how wide a tab is. */
function compare(one: Indentation, other: Indentation): number | undefined {
  const [columns, narrow] = [one.columns - other.columns, one.narrow - other.narrow];
  return Math.sign(columns) === Math.sign(narrow) ? columns : undefined;
}

export interface CodeLine {
  readonly indentation: Indentation;
  readonly start: number;
  readonly end: number;
  /** It ends in a colon: an indented block follows. */
  readonly opensBlock: boolean;
}

const blank = /[ \t\f]*(?:#[^\n]*)?(?:\r?\n|$)/y;
const token = /#[^\n]*|"""|'''|["']|[([{]|[)\]}]|\\\r?\n|\r?\n|[ \t\f]+|[^\s#"'()[\]{}\\:]+|[\s\S]/y;

/** The logical lines of a text whose brackets and texts are closed, those without code left out. */
export function* codeLines(text: string): Generator<CodeLine> {
  for (let at = 0; at < text.length; ) {
    blank.lastIndex = at;
    if (blank.test(text)) {
      at = Math.max(blank.lastIndex, at + 1);
      continue;
    }
    const indentation = indentationAt(text, at);
    const start = at + indentation.characters;
    let depth = 0;
    let last = "";
    token.lastIndex = start;
    let end = start;
    for (let match = token.exec(text); match !== null && match[0] !== ""; match = token.exec(text)) {
      const [found] = match;
      if (found.endsWith("\n") && !found.startsWith("\\")) {
        if (depth === 0) break;
      } else if (/^["']/.test(found)) token.lastIndex = endOfText(text, match.index, found);
      else if ("([{".includes(found)) depth++;
      else if (")]}".includes(found)) depth--;
      if (!/^[\s#\\]/.test(found)) {
        last = found;
        end = token.lastIndex;
      }
    }
    at = token.lastIndex === 0 ? text.length : token.lastIndex;
    yield { indentation, start, end, opensBlock: last === ":" };
  }
}

function indentationAt(text: string, start: number): Indentation {
  let columns = 0;
  let narrow = 0;
  for (let at = start; ; at++, narrow++) {
    if (text[at] === " ") columns++;
    else if (text[at] === "\t") columns = (Math.floor(columns / 8) + 1) * 8;
    else if (text[at] === "\f") [columns, narrow] = [0, -1];
    else return { columns, narrow, characters: at - start };
  }
}

function endOfText(text: string, start: number, quotes: string): number {
  const isFormatted = /(?<![\p{L}\p{N}_])(?:[ft]r?|r[ft])$/iu.test(text.slice(Math.max(0, start - 3), start));
  /** How many fields of it are open: in these, lines may end since Python 3.12. */
  let fields = 0;
  for (let at = start + quotes.length; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith(quotes, at)) return at + quotes.length;
    else if (isFormatted && (text.startsWith("{{", at) || text.startsWith("}}", at)) && fields === 0) at++;
    else if (isFormatted && text[at] === "{") fields++;
    else if (isFormatted && text[at] === "}") fields = Math.max(0, fields - 1);
    else if (quotes.length === 1 && text[at] === "\n" && fields === 0) return at;
  }
  return text.length;
}
