import type { Draft, DraftCell } from "./draft.ts";
import type { Random } from "./random.ts";

/** Puts a clean notebook together, cell by cell. */
export class Writer {
  readonly random: Random;
  readonly #cells: DraftCell[] = [];
  readonly #files: Record<string, string> = {};
  readonly #used = new Set<string>();

  constructor(random: Random) {
    this.random = random;
  }

  /** Lines of code; with a chance of being two cells' worth of thought in one. */
  code(...lines: readonly string[]): void {
    this.#cells.push({ id: `c${this.#cells.length}`, kind: "code", source: lines.join("\n") });
  }

  heading(text: string): void {
    this.#cells.push({ id: `c${this.#cells.length}`, kind: "markdown", source: text });
  }

  /** A first code cell, below a title. */
  opening(...lines: readonly string[]): void {
    const at = this.#cells[0]?.kind === "markdown" ? 1 : 0;
    this.#cells.splice(at, 0, { id: "opening", kind: "code", source: lines.join("\n") });
  }

  note(text: string): void {
    if (this.random.chance(0.5)) this.#cells.push({ id: `c${this.#cells.length}`, kind: "markdown", source: text });
  }

  /** Shows a value the way people do: as the last expression, or printed. */
  show(...expressions: readonly string[]): void {
    const last = expressions.at(-1) as string;
    const before = expressions.slice(0, -1).map((one) => `print(${one})`);
    this.code(...before, this.random.chance(0.6) ? last : `print(${last})`);
  }

  file(path: string, text: string): void {
    this.#files[path] = text;
  }

  /** A name that no other value of the notebook has. */
  name(...candidates: readonly string[]): string {
    const free = candidates.filter((name) => !this.#used.has(name));
    const name = free.length > 0 ? this.random.pick(free) : `${candidates[0]}_${this.#used.size}`;
    this.#used.add(name);
    return name;
  }

  number(low: number, high: number): string {
    return String(this.random.between(low, high));
  }

  draft(origin: string): Draft {
    return { origin, cells: this.#cells, files: this.#files, known: [] };
  }
}
