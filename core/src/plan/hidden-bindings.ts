import type { StatementId } from "../dataflow/model.ts";
import { cellOf } from "../dataflow/statement-id.ts";
import { at, type Bench, importedNames } from "./bench.ts";
import { produces } from "./facts.ts";
import { notices } from "./setting-reach.ts";

/** A statement that may bind or change a name unseen (`exec`, a magic), and one that needs that name later. */
export interface HiddenBinding {
  readonly from: StatementId;
  readonly to: StatementId;
  readonly name: string;
}

/**
 * What stands in a module of a library, in a function or class of the notebook (its registry, its count of instances), or
 * in the environment, or is a figure that pyplot draws on in several cells, because one statement put it there and not as
 * a setting, and another needs it: no file hands that on.
 */
export function moduleChanges(bench: Bench): readonly HiddenBinding[] {
  const work = bench.boundSettings.size === 0 ? [] : at(bench, "work");
  const settings = [...bench.boundSettings].flatMap(
    ([
      {
        id,
        position,
        statement: { setUp },
      },
      reach,
    ]) => {
      const last = work.findLast((facts) => facts.position > position && notices(facts, reach));
      const name = setUp.size === 0 ? "a setting" : `a setting of ${[...setUp].join(" and ")}`;
      return last === undefined ? [] : [{ from: id, to: last.id, name }];
    },
  );
  const apart = new Set([...importedNames(bench), ...bench.dataflow.definitions.map(({ name }) => name)]);
  const others = bench.dataflow.edges.flatMap(({ from, to, kind, name, certainty, why }) => {
    // Whoever is given every name may change modules as well; nobody is taken to.
    const isInModule = kind === "change" && (certainty === "must" || why === undefined) && apart.has(name);
    if (kind === "state" && name === "figure")
      return cellOf(from) === cellOf(to) ? [] : [{ from, to, name: "the figure that is open" }];
    return isInModule || kind === "state" ? [{ from, to, name }] : [];
  });
  return [...settings, ...others, ...changesOfOneDefinition(bench)];
}

/**
 * Statements that change parts of one class or function, although none needs what another one did: only a process that
 * runs them all has it as the notebook left it.
 */
function changesOfOneDefinition(bench: Bench): readonly HiddenBinding[] {
  const work = at(bench, "work");
  return bench.dataflow.definitions.flatMap(({ name }) => {
    const [first, ...others] = work.filter(({ statement: { accesses } }) =>
      accesses.some(
        ({ kind, place, certainty, why }) =>
          kind === "change" && place.name === name && (certainty === "must" || why === undefined),
      ),
    );
    return first === undefined ? [] : others.map(({ id }) => ({ from: first.id, to: id, name }));
  });
}

/** What may happen to names where no statement says so: whoever needs such a name must stay in the same stage. */
export function hiddenBindings(bench: Bench): readonly HiddenBinding[] {
  return bench.dataflow.edges.filter(({ from, to, kind, name, why }) => {
    if (why === undefined || (kind !== "value" && kind !== "change")) return false;
    const binder = bench.factsById.get(from);
    return binder !== undefined && bench.factsById.has(to) && !produces(binder, name) && !binder.deletes.has(name);
  });
}
