import type { Span } from "../text/position.ts";
import { skipMark } from "./json-text.ts";

/** What keeps a text from being JSON. */
export interface JsonReport {
  /** The first fault; absent where there is none but the numbers below. */
  readonly error?: { readonly offset: number; readonly message: string };
  /** `NaN`, `Infinity` and `-Infinity`: no JSON, but Python's json module writes and reads them. */
  readonly nonFinite: readonly Span[];
}

type Expected = "value" | "value or ]" | "name" | "name or }" | ":" | ", or }" | ", or ]" | "end";

const expectations: Record<Expected, string> = {
  value: "a value",
  "value or ]": "a value or ]",
  name: "a name in double quotes",
  "name or }": "a name in double quotes, or }",
  ":": "a colon",
  ", or }": "a comma or }",
  ", or ]": "a comma or ]",
  end: "the end of the file",
};

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const word = /-?[A-Za-z_$][\w$]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them bare in strings
const plain = /[^"\\\0-\x1f]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Reads a text that `JSON.parse` refused, to say where and why. One pass, whatever the nesting. */
export function examineJson(text: string): JsonReport {
  const open: ("{" | "[")[] = [];
  const nonFinite: Span[] = [];
  let expected: Expected = "value";
  let at = matchEnd(blank, text, skipMark(text));
  const fault = (offset: number, message: string): JsonReport => ({ error: { offset, message }, nonFinite });
  const close = (): Expected => (open.length === 0 ? "end" : open.at(-1) === "{" ? ", or }" : ", or ]");

  for (; at < text.length; at = matchEnd(blank, text, at)) {
    const character = text[at] as string;
    const wantsValue: boolean = expected === "value" || expected === "value or ]";
    const wantsName: boolean = expected === "name" || expected === "name or }";
    if (character === '"' && (wantsValue || wantsName)) {
      const string = readString(text, at);
      if (string.message !== undefined) return fault(string.end, string.message);
      at = string.end;
      expected = wantsName ? ":" : close();
    } else if ((character === "{" || character === "[") && wantsValue) {
      open.push(character);
      expected = character === "{" ? "name or }" : "value or ]";
      at++;
    } else if (closes(character, expected)) {
      open.pop();
      expected = close();
      at++;
    } else if (character === ":" && expected === ":") {
      expected = "value";
      at++;
    } else if (character === "," && (expected === ", or }" || expected === ", or ]")) {
      expected = expected === ", or }" ? "name" : "value";
      at++;
    } else if (wantsValue) {
      const end = matchEnd(word, text, at);
      const written = text.slice(at, end);
      if (["NaN", "Infinity", "-Infinity"].includes(written)) nonFinite.push({ start: at, end });
      const scalarEnd = isWord(written) ? end : matchEnd(number, text, at);
      if (scalarEnd === at) return fault(at, `expected ${expectations[expected]}, found ${shown(text, at)}`);
      at = scalarEnd;
      expected = close();
    } else {
      return fault(at, `expected ${expectations[expected]}, found ${shown(text, at)}`);
    }
  }
  if (expected === "end") return { nonFinite };
  return fault(text.length, `the file ends where ${expectations[expected]} was expected`);
}

function isWord(written: string): boolean {
  return ["true", "false", "null", "NaN", "Infinity", "-Infinity"].includes(written);
}

function closes(character: string, expected: Expected): boolean {
  return (
    (character === "}" && (expected === ", or }" || expected === "name or }")) ||
    (character === "]" && (expected === ", or ]" || expected === "value or ]"))
  );
}

function readString(text: string, start: number): { end: number; message?: string } {
  for (let at = start + 1; ; ) {
    at = matchEnd(plain, text, at);
    if (at >= text.length) return { end: text.length, message: "the file ends inside a string" };
    if (text[at] === '"') return { end: at + 1 };
    const next = matchEnd(escaped, text, at);
    if (next === at) {
      return {
        end: at,
        message: text[at] === "\\" ? "a wrong escape in a string" : "a bare control character in a string",
      };
    }
    at = next;
  }
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function shown(text: string, at: number): string {
  return JSON.stringify(/^(?:[\w$-]{1,20}|.)/su.exec(text.slice(at, at + 24))?.[0] ?? "");
}
