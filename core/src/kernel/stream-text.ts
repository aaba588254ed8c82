import { splitLines } from "../notebook/lines.ts";
import { memoryStore, type OutputStore, type StoredText, storedFrom } from "./output-store.ts";

/**
 * Text of one stream as a terminal would show it: `\r` goes back to the line's start, `\b` erases a character. Finished
 * lines go to the store, many at a time; so does the beginning of a line that has become that long, and what comes
 * after moves within the rest of it.
 */
export class StreamText {
  readonly #store: OutputStore;
  /** Finished text that was stored: its lines as JSON texts, with a line feed between them. */
  readonly #stored: StoredText[] = [];
  #lines = "";
  /** The unfinished line: characters once a control character has moved the cursor in it, else plain text. */
  #line: string | string[] = "";
  #cursor = 0;

  constructor(store: OutputStore = memoryStore) {
    this.#store = store;
  }

  add(text: string): void {
    if (typeof this.#line === "string" && !hasControl(text)) {
      const end = text.lastIndexOf("\n") + 1;
      if (end === 0) this.#line += text;
      else {
        this.#lines += this.#line + text.slice(0, end);
        this.#line = text.slice(end);
      }
    } else for (const character of text) this.#put(character);
    if (this.#lines.length + this.#line.length >= storedFrom) this.#keep();
  }

  get text(): string {
    return this.isStored ? this.snapshot().parts().join("") : this.#inMemory;
  }

  get isStored(): boolean {
    return this.#stored.length > 0;
  }

  /** The text as it stands now, whatever is added later: in parts, and as JSON lines. */
  snapshot(): { readonly parts: () => string[]; readonly json: () => Iterable<string> } {
    const [stored, rest] = [[...this.#stored], this.#inMemory];
    return {
      parts: () => [...stored.flatMap((each) => linesOf(each.read())), ...splitLines(rest)],
      *json() {
        for (const each of stored) yield each.read();
        if (rest !== "") yield jsonLines(rest);
      },
    };
  }

  #keep(): void {
    let finished = this.#lines;
    this.#lines = "";
    if (typeof this.#line === "string" && this.#line.length >= storedFrom) {
      finished += this.#line;
      this.#line = "";
    }
    if (finished !== "") this.#stored.push(this.#store.put(jsonLines(finished)));
  }

  #put(character: string): void {
    if (character === "\n") {
      this.#lines += `${this.#lineText()}\n`;
      this.#line = "";
      this.#cursor = 0;
      return;
    }
    if (typeof this.#line === "string") {
      this.#line = [...this.#line];
      this.#cursor = this.#line.length;
    }
    if (character === "\r") this.#cursor = 0;
    else if (character === "\b") {
      if (this.#cursor > 0) {
        this.#cursor -= 1;
        if (this.#cursor === this.#line.length - 1) this.#line.pop();
        else this.#line[this.#cursor] = " ";
      }
    } else this.#line[this.#cursor++] = character;
  }

  get #inMemory(): string {
    return this.#lines + this.#lineText();
  }

  #lineText(): string {
    return typeof this.#line === "string" ? this.#line : this.#line.join("");
  }
}

function jsonLines(text: string): string {
  return splitLines(text)
    .map((line) => JSON.stringify(line))
    .join("\n");
}

function linesOf(json: string): string[] {
  return json.split("\n").map((line) => JSON.parse(line) as string);
}

function hasControl(text: string): boolean {
  return text.includes("\r") || text.includes("\b");
}
