import type { StatementId } from "../../dataflow/model.ts";
import { isDefinition } from "../../python/definition.ts";
import { type Facts, needs } from "../facts.ts";
import type { PipelinePlan } from "../plan.ts";
import type { PlanFault } from "./plan-fault.ts";

/** Which statements made a value what it is, in order, as one number: the same statements, the same number. */
type Version = number;

/**
 * Statements of a plan that would find another version of a value than in the notebook: moved before a statement that
 * changes it, behind one that does not concern it, or given the version of another stage. Such a plan runs, and computes
 * something else.
 */
export function versionFaults(
  plan: PipelinePlan,
  facts: ReadonlyMap<StatementId, Facts>,
  unbound: (id: StatementId) => ReadonlySet<string>,
): readonly PlanFault[] {
  const versions = new Versions();
  const staged = new Set(plan.stages.flatMap(({ statements }) => statements));
  const expected = new Map<StatementId, ReadonlyMap<string, Version>>();
  const names = new Map<string, Version>();
  for (const each of facts.values()) {
    if (!staged.has(each.id)) continue;
    expected.set(each.id, picked(names, needs(each)));
    versions.after(each, names);
  }
  const faults: PlanFault[] = [];
  const ends = new Map<string, ReadonlyMap<string, Version>>();
  for (const [index, stage] of plan.stages.entries()) {
    const here = new Map<string, Version>();
    for (const { name, from } of stage.inputs) {
      const version = ends.get(from)?.get(name);
      if (version !== undefined) here.set(name, version);
    }
    for (const [at, id] of stage.statements.entries()) {
      const each = facts.get(id);
      if (each === undefined) continue;
      const hidden = unbound(id);
      for (const [name, version] of isDefinition(each.statement.node) ? [] : (expected.get(id) ?? [])) {
        const found = here.get(name);
        if (found === undefined || found === version || hidden.has(name)) continue;
        const message = `statement ${id} in stage ${stage.name} would find another ${name} than in the notebook: ${versions.difference(version, found)}`;
        faults.push({ path: ["stages", index, "statements", at], message });
      }
      versions.after(each, here);
    }
    ends.set(stage.name, here);
  }
  return faults;
}

function picked(all: ReadonlyMap<string, Version>, names: ReadonlySet<string>): ReadonlyMap<string, Version> {
  return new Map(
    [...names].flatMap((name) => {
      const version = all.get(name);
      return version === undefined ? [] : [[name, version] as const];
    }),
  );
}

class Versions {
  readonly #known = new Map<string, Version>();
  readonly #steps: { readonly before: Version | undefined; readonly id: StatementId }[] = [];

  /** What a statement leaves in the names that it touches. */
  after({ id, binds, changes, changesToo, deletes }: Facts, names: Map<string, Version>): void {
    for (const name of [...changes, ...changesToo]) {
      const before = names.get(name);
      if (before !== undefined && !binds.has(name)) names.set(name, this.#step(before, id));
    }
    for (const [name, certainty] of binds) {
      names.set(name, this.#step(certainty === "must" ? undefined : names.get(name), id));
    }
    for (const name of deletes) if (!binds.has(name)) names.delete(name);
  }

  /** What one version has and the other has not, for people. */
  difference(wanted: Version, found: Version): string {
    const [one, other] = [this.#history(wanted), this.#history(found)];
    const missing = one.filter((id) => !other.includes(id));
    const superfluous = other.filter((id) => !one.includes(id));
    if (missing.length > 0) return `${missing.slice(-3).join(", ")} would not have run on it`;
    if (superfluous.length > 0) return `${superfluous.slice(-3).join(", ")} would have run on it already`;
    return "in another order";
  }

  #step(before: Version | undefined, id: StatementId): Version {
    const key = `${before ?? ""}:${id}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const version = this.#steps.push({ before, id }) - 1;
    this.#known.set(key, version);
    return version;
  }

  /** The statements behind a version; the last hundred, where they are more. */
  #history(version: Version): readonly StatementId[] {
    const ids: StatementId[] = [];
    for (let at: Version | undefined = version; at !== undefined && ids.length < 100; at = this.#steps[at]?.before) {
      const step = this.#steps[at];
      if (step !== undefined) ids.unshift(step.id);
    }
    return ids;
  }
}
