import type { Span } from "../text/position.ts";

const formatted = /[fFtT][rR]?["']/;
const typeParameters = /\b(?:def|class|type)[ \t]+[\p{L}\p{N}_]+[ \t]*\[/uy;
const definition = /\b(?:def|class|type)[ \t]+[\p{L}\p{N}_]+[ \t]*\[/u;
const wordCharacter = /[\p{L}\p{N}_]/u;

/**
 * The text with what the grammar does not know put as something of the same length that it knows:
 *
 * - a format that begins with `=` (`f"{title:=^40}"`), which it takes for a walrus
 * - defaults of type parameters (`def f[T = int]()`, PEP 696), made blank; `lowerTypeParameters` finds them in the text
 *
 * One pass; text that is not Python comes out with perhaps less of it replaced.
 */
export function fillGrammarGaps(text: string): string {
  const isSuspect = text.includes(":=") && formatted.test(text);
  if (!isSuspect && !definition.test(text)) return text;
  const gaps = new GapFinder(text).find();
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of gaps) {
    pieces.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, " "));
    at = end;
  }
  return pieces.join("") + text.slice(at);
}

/** What the text at some place is a part of; `depth` counts brackets that are open in it. */
type Context =
  | { kind: "code" | "format" }
  | { kind: "string"; readonly quotes: string; readonly isFormatted: boolean }
  | { kind: "field"; depth: number }
  | { kind: "type-parameters"; depth: number; defaultStart: number | undefined };

class GapFinder {
  readonly #text: string;
  readonly #gaps: Span[] = [];
  readonly #contexts: Context[] = [{ kind: "code" }];

  constructor(text: string) {
    this.#text = text;
  }

  /** In order of their starts; none within another. */
  find(): readonly Span[] {
    for (let at = 0; at < this.#text.length; ) {
      const context = this.#contexts.at(-1) as Context;
      if (context.kind === "string") at = this.#inString(at, context);
      else if (context.kind === "format") at = this.#inFormat(at);
      else at = this.#inCode(at, context);
    }
    return this.#gaps.toSorted((one, other) => one.start - other.start);
  }

  #inString(at: number, { quotes, isFormatted }: Extract<Context, { kind: "string" }>): number {
    const character = this.#text[at];
    if (character === "\\") return at + 2;
    if (this.#text.startsWith(quotes, at) || (character === "\n" && quotes.length === 1)) {
      this.#contexts.pop();
      return at + (character === "\n" ? 1 : quotes.length);
    }
    if (!isFormatted || character !== "{") return at + 1;
    if (this.#text[at + 1] === "{") return at + 2;
    this.#contexts.push({ kind: "field", depth: 0 });
    return at + 1;
  }

  /** Behind the colon of a field. */
  #inFormat(at: number): number {
    const character = this.#text[at];
    if (character === "{") this.#contexts.push({ kind: "field", depth: 0 });
    else if (character === "}" || character === "\n") this.#contexts.pop();
    return at + 1;
  }

  #inCode(at: number, context: Exclude<Context, { kind: "string" }>): number {
    const character = this.#text[at] as string;
    if (character === "#") {
      const newline = this.#text.indexOf("\n", at);
      return newline === -1 ? this.#text.length : newline;
    }
    if (character === '"' || character === "'") return this.#openString(at, character);
    if (wordCharacter.test(character)) return this.#word(at);
    if (context.kind === "field") this.#inField(at, character, context);
    else if (context.kind === "type-parameters") this.#inTypeParameters(at, character, context);
    return at + 1;
  }

  #openString(at: number, quote: string): number {
    const quotes = this.#text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
    const prefix = /(?<![\p{L}\p{N}_])[a-z]{1,2}$/iu.exec(this.#text.slice(Math.max(at - 3, 0), at))?.[0] ?? "";
    this.#contexts.push({ kind: "string", quotes, isFormatted: /[ft]/i.test(prefix) });
    return at + quotes.length;
  }

  #word(at: number): number {
    typeParameters.lastIndex = at;
    if (typeParameters.test(this.#text)) {
      this.#contexts.push({ kind: "type-parameters", depth: 1, defaultStart: undefined });
      return typeParameters.lastIndex;
    }
    let end = at + 1;
    while (end < this.#text.length && wordCharacter.test(this.#text[end] as string)) end++;
    return end;
  }

  #inField(at: number, character: string, field: Extract<Context, { kind: "field" }>): void {
    if ("([{".includes(character)) field.depth++;
    else if (field.depth > 0) field.depth -= ")]}".includes(character) ? 1 : 0;
    else if (character === "}") this.#contexts.pop();
    else if (character === ":") {
      if (this.#text[at + 1] === "=") this.#gaps.push({ start: at + 1, end: at + 2 });
      this.#contexts[this.#contexts.length - 1] = { kind: "format" };
    }
  }

  #inTypeParameters(at: number, character: string, parameters: Extract<Context, { kind: "type-parameters" }>): void {
    if (parameters.depth === 1 && ",]=".includes(character)) {
      if (character === "=") parameters.defaultStart ??= at;
      else if (parameters.defaultStart !== undefined) {
        this.#gaps.push({ start: parameters.defaultStart, end: at });
        parameters.defaultStart = undefined;
      }
    }
    if ("([{".includes(character)) parameters.depth++;
    else if (")]}".includes(character)) parameters.depth--;
    if (parameters.depth === 0) this.#contexts.pop();
  }
}
