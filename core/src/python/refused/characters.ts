import type { SyntaxProblem } from "../ast.ts";
import { endOfString } from "../recovery.ts";
import { problem } from "./problem.ts";

/** Blanks that the grammar takes and Python does not: they come with text that is copied from a page. */
const invisible = /[\u200b\u2060\ufeff\v]/;

/** A line continuation with nothing behind it. */
const lastBackslash = /\\\s*$/;

const lexeme = /#[^\n]*|"""|'''|["']|[\u200b\u2060\ufeff\v]|\\(?=\s*$)/g;

/** Characters outside of texts and comments that Python refuses: the first of them. */
export function* characterProblems(text: string): Iterable<SyntaxProblem> {
  if (!invisible.test(text) && !lastBackslash.test(text)) return;
  lexeme.lastIndex = 0;
  for (let match = lexeme.exec(text); match !== null; match = lexeme.exec(text)) {
    const [found] = match;
    const place = { start: match.index, end: match.index + 1 };
    if (found.startsWith("'") || found.startsWith('"')) lexeme.lastIndex = endOfString(text, match.index, found);
    else if (found === "\\") return yield problem(place, "unexpected EOF while parsing: a line goes on behind a \\");
    else if (!found.startsWith("#")) return yield problem(place, `invalid non-printable character ${code(found)}`);
  }
}

function code(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
