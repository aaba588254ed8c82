import { analyseDataflow } from "../dataflow/analyse.ts";
import type { Dataflow, Statement, StatementId } from "../dataflow/model.ts";

const known = new WeakMap<Dataflow, Map<string, Dataflow>>();

/**
 * What is known of a notebook of which some statements do not run: what a failed cell would have bound anew still is the
 * value that other names share. The same dataflow where none of them does anything that others could notice.
 */
export function without(dataflow: Dataflow, ids: ReadonlySet<StatementId>): Dataflow {
  const missed = noticed(dataflow, ids);
  if (missed.length === 0) return dataflow;
  const answers = known.get(dataflow) ?? new Map<string, Dataflow>();
  known.set(dataflow, answers);
  const key = missed.join(" ");
  const { cells, order, world } = dataflow;
  const answer = answers.get(key) ?? analyseDataflow(cells, { ...world, order, without: new Set(missed) });
  answers.set(key, answer);
  return answer;
}

/**
 * Those that bind or change what others name, draw random numbers, or leave files. `del` is none of them: a plan leaves it
 * out where no stage has what it deletes any longer, and what reads the name later still is told that it is gone.
 */
function noticed({ statements, files, folders, randomness }: Dataflow, ids: ReadonlySet<StatementId>): StatementId[] {
  if (ids.size === 0) return [];
  const named = new Set<string>();
  for (const { id, accesses } of statements) if (!ids.has(id)) for (const { place } of accesses) named.add(place.name);
  const written = files.filter(({ use }) => use !== "read");
  const leaving = new Set([...written, ...folders, ...randomness].map(({ statement }) => statement));
  const isNoticed = ({ id, node, accesses, configures }: Statement) =>
    node.type !== "Delete" &&
    (leaving.has(id) ||
      configures.size > 0 ||
      accesses.some(({ kind, place }) => kind !== "read" && named.has(place.name)));
  return statements.filter((each) => ids.has(each.id) && isNoticed(each)).map(({ id }) => id);
}
