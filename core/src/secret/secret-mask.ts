import { ProblemError } from "../problem/problem.ts";
import { secretForms } from "./secret-forms.ts";

/** What stands where a secret stood. */
export const masked = "***";

/** Shorter ones are in half of all texts: hiding them would hide everything else. */
const shortestSecret = 4;

/** A part of a text that is hidden: offsets, the end exclusive. `told` is one whose stars are out already. */
interface Hidden {
  readonly start: number;
  end: number;
  readonly told: boolean;
}

/** Hides secrets in whatever is shown, kept or sent, in all their forms (see `secretForms`). */
export class SecretMask {
  readonly #forms: readonly string[];

  /** By their names. Throws ProblemError RP148 for one that cannot be hidden: an empty or a very short one. */
  constructor(secrets: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(secrets)) checkLength(name, value);
    this.#forms = [...new Set(Object.values(secrets).flatMap(secretForms))];
  }

  /** False where there is nothing to hide. */
  get isActive(): boolean {
    return this.#forms.length > 0;
  }

  text(text: string): string {
    const hidden = this.#hiddenIn(text, 0);
    return hidden.length === 0 ? text : replaced(text, hidden, 0, text.length);
  }

  /** Plain data with every text in it masked, names of fields too. What has no secret in it is given back as it is. */
  value<T>(value: T): T {
    return this.isActive ? (this.#walk(value, 0) as T) : value;
  }

  /** An error as it may be told: a ProblemError without secrets, any other as it is. */
  error(error: unknown): unknown {
    if (!(error instanceof ProblemError) || !this.isActive) return error;
    return new ProblemError(this.value(error.problem), { cause: error });
  }

  /** Bytes that may hold text. */
  bytes(bytes: Uint8Array): Uint8Array {
    const text = Buffer.from(bytes).toString("latin1");
    const clean = this.text(text);
    return clean === text ? bytes : Buffer.from(clean, "latin1");
  }

  /** For a text that comes in pieces, of which a secret may be in two. */
  stream(): MaskedStream {
    return new MaskedStream(
      (text, told) => this.#hiddenIn(text, told),
      (text) => this.#pendingFrom(text),
    );
  }

  #walk(value: unknown, depth: number): unknown {
    if (typeof value === "string") return this.text(value);
    if (typeof value !== "object" || value === null) return value;
    // Deeper than JSON of a kernel ever is: nothing of it is kept rather than something unseen.
    if (depth > deepest) return masked;
    if (Array.isArray(value)) return value.map((item) => this.#walk(item, depth + 1));
    const entries = Object.entries(value).map(([key, item]) => [this.text(key), this.#walk(item, depth + 1)]);
    return Object.fromEntries(entries);
  }

  /** Where secrets stand; the first `told` letters are hidden already. Parts that overlap are one. */
  #hiddenIn(text: string, told: number): Hidden[] {
    const found: Hidden[] = told > 0 ? [{ start: 0, end: told, told: true }] : [];
    for (const form of this.#forms) {
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
        found.push({ start: at, end: at + form.length, told: false });
      }
    }
    if (found.length < 2) return found;
    found.sort((a, b) => a.start - b.start || Number(b.told) - Number(a.told));
    const merged: Hidden[] = [];
    for (const part of found) {
      const last = merged.at(-1);
      if (last !== undefined && part.start < last.end) last.end = Math.max(last.end, part.end);
      else merged.push(part);
    }
    return merged;
  }

  /** Where the end of a text begins that may be the beginning of a secret. */
  #pendingFrom(text: string): number {
    return Math.min(text.length, ...this.#forms.map((form) => beginningOf(form, text)));
  }
}

const deepest = 200;

/** A stream of text without its secrets: however it is cut, what comes out is the same. */
export class MaskedStream {
  readonly #hiddenIn: (text: string, told: number) => Hidden[];
  readonly #pendingFrom: (text: string) => number;
  #held = "";
  /** How many letters of what is held are hidden already. */
  #told = 0;

  constructor(hiddenIn: (text: string, told: number) => Hidden[], pendingFrom: (text: string) => number) {
    this.#hiddenIn = hiddenIn;
    this.#pendingFrom = pendingFrom;
  }

  /** What can be shown by now. */
  push(text: string): string {
    return this.#take(this.#held + text, false);
  }

  /** The rest, when nothing more comes. */
  flush(): string {
    return this.#take(this.#held, true);
  }

  #take(text: string, isLast: boolean): string {
    const end = isLast ? text.length : this.#pendingFrom(text);
    const hidden = this.#hiddenIn(text, this.#told);
    const across = hidden.find(({ start, end: until, told }) => until > end && (told || start < end));
    this.#held = text.slice(end);
    this.#told = across === undefined ? 0 : across.end - end;
    return replaced(text, hidden, 0, end);
  }
}

function replaced(text: string, hidden: readonly Hidden[], from: number, to: number): string {
  let out = "";
  let at = from;
  for (const { start, end, told } of hidden) {
    if (start >= to) break;
    out += text.slice(at, start) + (told ? "" : masked);
    at = Math.min(end, to);
  }
  return out + text.slice(at, to);
}

/** Where the longest end of `text` begins that `form` begins with, without being all of it; its length where none does. */
function beginningOf(form: string, text: string): number {
  const first = Math.max(0, text.length - form.length + 1);
  const seed = form.slice(0, 4);
  for (let at = text.indexOf(seed, first); at !== -1; at = text.indexOf(seed, at + 1)) {
    if (form.startsWith(text.slice(at))) return at;
  }
  for (let at = Math.max(first, text.length - seed.length + 1); at < text.length; at++) {
    if (form.startsWith(text.slice(at))) return at;
  }
  return text.length;
}

function checkLength(name: string, value: string): void {
  if (value.length >= shortestSecret) return;
  throw new ProblemError({
    id: "RP148",
    message: `The secret ${name} ${value === "" ? "is empty" : `has only ${value.length} characters`}, so it cannot be hidden`,
    mend: `Give a value of at least ${shortestSecret} characters, or hand it over with --env, which hides nothing.`,
  });
}
