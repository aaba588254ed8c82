import { type AnalysisState, bindingsAt } from "../state.ts";
import { type AbstractObject, isDrawn } from "./objects.ts";
import { reachable } from "./value.ts";

/**
 * Groups of names that reach different objects of one memory after the statement at a position. What only holds others,
 * or is held, still does after both were in one file: only what looks into memory itself is parted.
 */
export function viewsAt(state: AnalysisState, position: number): readonly (readonly string[])[] {
  const memoryOf = new Map<AbstractObject, Memory>();
  const seesMemory = memorySight(position);
  for (const [name, { value }] of bindingsAt(state, position)) {
    for (const object of reachable(value, position)) {
      if (object.memory.size === 0 || isTensor(object) || !seesMemory(object)) continue;
      const memory = memoryOf.get(object) ?? memoryAround(object, position, memoryOf, seesMemory);
      memory.names.add(name);
      memory.objects.add(object);
    }
  }
  return [...new Set(memoryOf.values())]
    .filter(({ names, objects }) => names.size > 1 && objects.size > 1)
    .map(({ names }) => [...names].sort());
}

/** Tensors that share memory share it again after they were in one file: torch writes each memory once. */
function isTensor({ type }: AbstractObject): boolean {
  return type === "torch.Tensor" || type === "torch.nn.Parameter";
}

/** What shares one memory, as far as names reach it. */
interface Memory {
  readonly names: Set<string>;
  readonly objects: Set<AbstractObject>;
}

/** Types of which no value is an array or a table, or looks into one's memory. */
const withoutMemory =
  /^(builtins\.(?!bytearray|memoryview)|matplotlib\.|types\.|collections\.|csv\.|datetime\.|pathlib\.|re\.|string\.|logging\.)/;

/** Says of an object whether it may be memory that others look into, or holds what may be. Asked of one twice, it remembers. */
function memorySight(position: number): (object: AbstractObject) => boolean {
  const isMemory = ({ type, mutable }: AbstractObject) => mutable && (type === undefined || !withoutMemory.test(type));
  const known = new Map<AbstractObject, boolean>();
  return (object) => {
    let sees = known.get(object);
    if (sees === undefined) {
      sees = isMemory(object) || (!isDrawn(object) && [...reachable([object], position)].some(isMemory));
      known.set(object, sees);
    }
    return sees;
  };
}

/** Notes for an object and all that shares its memory that they do. */
function memoryAround(
  object: AbstractObject,
  position: number,
  memoryOf: Map<AbstractObject, Memory>,
  seesMemory: (object: AbstractObject) => boolean,
): Memory {
  const memory: Memory = { names: new Set(), objects: new Set() };
  const found = new Set([object]);
  for (const one of found) {
    memoryOf.set(one, memory);
    for (const [other, since] of one.memory) if (since <= position && seesMemory(other)) found.add(other);
  }
  return memory;
}
