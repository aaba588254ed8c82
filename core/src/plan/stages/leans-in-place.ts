import { type Facts, needs } from "../facts.ts";
import { isTraining, type Lean } from "./phases.ts";

/** How much a statement that nothing else speaks for speaks for preparing, or for judging, because of where it stands. */
const weightOfPlace = 0.5;

/**
 * What statements speak for where they stand. What is read when the last model is trained is no loading of the data: it
 * is judged, or filled in. What speaks for nothing and is made of data prepares it before the first model is trained, and
 * judges the models behind the last.
 */
export function leansInPlace(statements: readonly Facts[], leans: readonly Lean[]): readonly Lean[] {
  const first = leans.findIndex(isTraining);
  const last = leans.findLastIndex(isTraining);
  const madeOfData = new Set<string>();
  return statements.map((facts, at) => {
    const lean = leans[at] ?? {};
    const isMade = [...needs(facts)].some((name) => madeOfData.has(name));
    if (isMade || lean.ingest !== undefined)
      for (const name of [...facts.binds.keys(), ...facts.changes]) madeOfData.add(name);
    if (last !== -1 && at > last && lean.ingest !== undefined) return { ...lean, ingest: Math.min(lean.ingest, 1) };
    if (!isMade || Object.keys(lean).length > 0) return lean;
    if (first === -1 || at < first) return { features: weightOfPlace };
    return at > last ? { evaluate: weightOfPlace } : lean;
  });
}
