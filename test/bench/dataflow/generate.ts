import { classes } from "./fragments/classes.ts";
import { containers } from "./fragments/containers.ts";
import { flow } from "./fragments/flow.ts";
import type { Fragment, Theme } from "./fragments/fragment.ts";
import { functions } from "./fragments/functions.ts";
import { models } from "./fragments/models.ts";
import { tables } from "./fragments/tables.ts";
import { world } from "./fragments/world.ts";

/** A notebook as the texts of the statements of its cells. */
export interface Program {
  readonly name: string;
  readonly cells: readonly (readonly string[])[];
  /** A folder whose content it finds as `data`. */
  readonly data?: string;
}

const base: Theme = {
  name: "base",
  opening: [
    "<+number> = <n>\n---\n<+number> = <n>\n---\n<+number> = <n>",
    "<+list> = [<n>, <n>, <n>]\n---\n<+list> = [<n>, <n>]",
    "<+nested> = [[<n>, <n>], [<n>]]",
    "<+table-of-lists> = {'left': [<n>], 'right': [<n>, <n>]}",
    "<+text> = 'note'",
  ],
  fragments: [],
};

const themes: readonly Theme[] = [functions, classes, flow, tables, world, models];

/** A random notebook, the same for the same seed. Most run; those that do not are for the caller to leave out. */
export function generateProgram(seed: number): Program {
  const random = randomNumbers(seed);
  const draft = new Draft(random);
  const chosen = themes.filter(() => random() < 0.4);
  const all = [base, containers, ...chosen];
  for (const theme of all) for (const fragment of theme.opening) draft.add(fragment);
  const opened = draft.statements.length;
  const length = 8 + Math.floor(random() * 22);
  for (let tries = 0; tries < length * 4 && draft.statements.length < opened + length; tries++) {
    const { fragments } = pick(random, all.slice(1));
    draft.add(pick(random, fragments));
  }
  return { name: `generated ${seed}`, cells: inCells(draft.statements, random) };
}

function inCells(statements: readonly string[], random: () => number): readonly (readonly string[])[] {
  const cells: string[][] = [];
  for (let at = 0; at < statements.length; ) {
    const size = 1 + Math.floor(random() * 4);
    cells.push(statements.slice(at, at + size));
    at += size;
  }
  return cells;
}

const hole = /<([+-]?)(?:([a-z]+):)?([a-z-]+)>/g;

/** A notebook while it is written: which variables there are, by kind. */
class Draft {
  readonly statements: string[] = [];
  readonly #random: () => number;
  #variables: Map<string, readonly string[]> = new Map();
  #count = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Adds the fragment's statements, unless a variable that it needs is missing. */
  add(fragment: Fragment): void {
    const before = new Map(this.#variables);
    const labels = new Map<string, string>();
    const texts: string[] = [];
    for (const part of fragment.split("\n---\n")) {
      const text = this.#fill(part, labels);
      if (text === undefined) {
        this.#variables = before;
        return;
      }
      texts.push(text);
    }
    this.statements.push(...texts);
  }

  /** A statement with its holes filled; what it makes is there for the next one. */
  #fill(part: string, labels: Map<string, string>): string | undefined {
    const made: { readonly kind: string; readonly name: string }[] = [];
    const gone = new Set<string>();
    let isPossible = true;
    const text = part.replaceAll(hole, (_, sign: string, label: string | undefined, kind: string) => {
      if (kind === "n") return String(1 + Math.floor(this.#random() * 9));
      const known = sign === "" && label === undefined ? labels.get(kind) : undefined;
      if (known !== undefined) return known;
      const name = sign === "+" ? this.#fresh(kind) : this.#existing(kind);
      if (name === undefined) {
        isPossible = false;
        return "";
      }
      if (sign === "+") made.push({ kind, name });
      if (sign === "-") gone.add(name);
      if (label !== undefined) labels.set(label, name);
      return name;
    });
    if (!isPossible) return undefined;
    for (const { kind, name } of made) {
      this.#variables.set(kind, [...new Set([...(this.#variables.get(kind) ?? []), name])]);
    }
    if (gone.size > 0) {
      for (const [kind, names] of this.#variables) {
        this.#variables.set(
          kind,
          names.filter((name) => !gone.has(name)),
        );
      }
    }
    return text;
  }

  #existing(kind: string): string | undefined {
    const names = this.#variables.get(kind) ?? [];
    return names.length === 0 ? undefined : pick(this.#random, names);
  }

  /** A new name; now and then an old one of the same kind, which is bound anew. */
  #fresh(kind: string): string {
    const old = this.#existing(kind);
    if (old !== undefined && this.#random() < 0.2) return old;
    this.#count++;
    return `${kind.replaceAll("-", "_")}_${this.#count}`;
  }
}

function pick<T>(random: () => number, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T;
}

/** Numbers from 0 to 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
