import { type Journal, put } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import type { AbstractObject } from "./objects.ts";
import type { Value } from "./value.ts";

/**
 * Which tables may have one index between them: what is computed from a table often has the very index of that. It is
 * only noted, because it matters to nobody until an index is changed in place (`df.index.name = "day"`).
 */
export class Axes {
  readonly #sources = new Map<AbstractObject, Map<AbstractObject, number>>();
  readonly #results = new Map<AbstractObject, Map<AbstractObject, number>>();
  readonly #journal: Journal | undefined;

  constructor(journal?: Journal) {
    this.#journal = journal;
  }

  /** What is made may have an axis of a source. */
  keep(made: AbstractObject, source: AbstractObject, now: number): void {
    const sources = linksOf(this.#sources, made);
    if (made === source || sources.has(source)) return;
    made.joinCluster(source);
    put(this.#journal, made, sources, source, now);
    put(this.#journal, source, linksOf(this.#results, source), made, now);
  }

  /**
   * What may have an axis of an object: what its own is from, and what has it from those. Two sources of one result have
   * nothing in common by that.
   */
  around(object: AbstractObject): ReadonlySet<AbstractObject> {
    const found = new Set([object]);
    for (const links of [this.#sources, this.#results]) {
      for (const one of found)
        for (const other of [...one.memory.keys(), ...linksOf(links, one).keys()]) found.add(other);
    }
    return found;
  }

  /** Since when an object may have an axis in common with one of the others; infinite where it has not. */
  since(object: AbstractObject, others: ReadonlySet<AbstractObject>): number {
    const links = [object.memory, linksOf(this.#sources, object), linksOf(this.#results, object)];
    return Math.min(
      ...links.flatMap((each) => [...each].flatMap(([other, since]) => (others.has(other) ? [since] : []))),
    );
  }
}

function linksOf(
  links: Map<AbstractObject, Map<AbstractObject, number>>,
  object: AbstractObject,
): Map<AbstractObject, number> {
  let own = links.get(object);
  if (own === undefined) {
    own = new Map();
    links.set(object, own);
  }
  return own;
}

/** Notes that what was made of tables may have their axes; by an operator where no method is named. */
export function keepAxes(run: Interpreter, made: Value, sources: Value, method?: string): void {
  for (const table of made) {
    if (table.type === undefined || !run.catalog.sharesAxes(table.type)) continue;
    for (const { object, type } of typed(sources)) {
      if (run.catalog.isAxis(type) || run.catalog.sharesAxes(type, method)) run.axes.keep(table, object, run.now);
    }
  }
}

/**
 * The tables that may have an axis that is changed in place. From now on it is known that they have something between
 * them, and since when: who keeps them apart would lose it.
 */
export function tablesWith(run: Interpreter, axis: AbstractObject): readonly AbstractObject[] {
  if (axis.type === undefined || !run.catalog.isAxis(axis.type)) return [];
  const isTable = ({ type }: AbstractObject) => type !== undefined && run.catalog.sharesAxes(type);
  const tables = new Set([...run.axes.around(axis)].filter(isTable));
  if (tables.size < 2) return [];
  const between = run.at(run.places.of(axis, "between tables"), { mutable: true });
  for (const table of tables) {
    run.heap.hold(table, ".axes", between, Math.min(run.now, run.axes.since(table, tables)));
  }
  return [...tables];
}

function* typed(value: Value): Generator<{ readonly object: AbstractObject; readonly type: string }> {
  for (const object of value) if (object.type !== undefined) yield { object, type: object.type };
}
