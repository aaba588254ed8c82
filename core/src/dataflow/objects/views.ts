import { type AnalysisState, bindingsAt } from "../state.ts";
import { type AbstractObject, reachable } from "./objects.ts";

/** Groups of names that reach different objects of one memory after the statement at a position. */
export function viewsAt(state: AnalysisState, position: number): readonly (readonly string[])[] {
  const memoryOf = new Map<AbstractObject, Memory>();
  for (const [name, { value }] of bindingsAt(state, position)) {
    for (const object of reachable(value, position)) {
      if (object.memory.size === 0 || isTensor(object)) continue;
      const memory = memoryOf.get(object) ?? memoryAround(object, position, memoryOf);
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

/** Notes for an object and all that shares its memory that they do. */
function memoryAround(object: AbstractObject, position: number, memoryOf: Map<AbstractObject, Memory>): Memory {
  const memory: Memory = { names: new Set(), objects: new Set() };
  const found = new Set([object]);
  for (const one of found) {
    memoryOf.set(one, memory);
    for (const [other, since] of one.memory) if (since <= position) found.add(other);
  }
  return memory;
}
