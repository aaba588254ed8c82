import { diffArrays } from "diff";
import type { StatementId } from "../../dataflow/model.ts";

type Prints = Readonly<Record<StatementId, string>>;

/** Which statement of a notebook is which of an earlier version of it. */
export interface StatementMatch {
  /** The statement now, by what it was called then. */
  readonly now: ReadonlyMap<StatementId, StatementId>;
  /** Matched, but with other code than then; by what it is called now. */
  readonly changed: readonly StatementId[];
  /** Of then, and gone. */
  readonly lost: readonly StatementId[];
  /** Of now, and not there then. */
  readonly added: readonly StatementId[];
}

/** Beyond so many differences, statements are only found by their code, wherever they are. */
const mostChanges = 2000;

/**
 * Finds the statements of one version of a notebook (`statementPrints`) in another: by their code in the same sequence,
 * then by their code wherever they went; what is left between two that were found is matched by how it begins.
 */
export function matchStatements(then: Prints, now: Prints): StatementMatch {
  const before = Object.entries(then);
  const after = Object.entries(now);
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const match = (one: string, other: string) => {
    found.set(one, other);
    taken.add(other);
  };
  const changes = diffArrays(before.map(hashOf), after.map(hashOf), { maxEditLength: mostChanges }) ?? [];
  let [at, to] = [0, 0];
  for (const { added, removed, value } of changes) {
    for (let count = 0; count < value.length; count++) {
      const [one, other] = [before[at], after[to]];
      if (!added && !removed && one && other) match(one[0], other[0]);
      if (!added) at++;
      if (!removed) to++;
    }
  }
  const free = Map.groupBy(
    after.filter(([id]) => !taken.has(id)),
    hashOf,
  );
  for (const one of before) {
    const other = found.has(one[0]) ? undefined : free.get(hashOf(one))?.shift();
    if (other !== undefined) match(one[0], other[0]);
  }
  const changed = matchChanged(before, after, found, match);
  return {
    now: found as ReadonlyMap<StatementId, StatementId>,
    changed: changed as StatementId[],
    lost: before.map(([id]) => id as StatementId).filter((id) => !found.has(id)),
    added: after.map(([id]) => id as StatementId).filter((id) => !taken.has(id)),
  };
}

/** Statements that stand where one stood that begins the same (`n = 5`, `n = 6`). */
function matchChanged(
  before: readonly (readonly [string, string])[],
  after: readonly (readonly [string, string])[],
  found: ReadonlyMap<string, string>,
  match: (one: string, other: string) => void,
): readonly string[] {
  const places = new Map(after.map(([id], index) => [id, index]));
  const heads = after.map(([, text]) => headOf(text));
  const isTaken = new Set(found.values());
  const changed: string[] = [];
  let from = 0;
  for (const [id, print] of before) {
    const known = found.get(id);
    if (known !== undefined) {
      from = (places.get(known) ?? from) + 1;
      continue;
    }
    const head = headOf(print);
    for (let index = from; index < after.length; index++) {
      const [other] = after[index] as readonly [string, string];
      if (isTaken.has(other)) break;
      if (heads[index] !== head) continue;
      match(id, other);
      isTaken.add(other);
      changed.push(other);
      from = index + 1;
      break;
    }
  }
  return changed;
}

function hashOf([, print]: readonly [string, string]): string {
  return print.split(" ", 1)[0] ?? "";
}

/** What a statement binds or calls: its text up to the first `=` or bracket. */
function headOf(print: string): string {
  return /^\S*\s*([^=([{]*)/.exec(print)?.[1]?.trim() ?? "";
}
