import { append } from "../text/append.ts";
import type { NameValue, Sharing, StatementId } from "./model.ts";
import type { Binding } from "./names/frame.ts";
import type { AbstractObject } from "./objects/objects.ts";
import { reachable } from "./objects/value.ts";
import type { StatementDraft } from "./recorder.ts";

/** What is kept of an analysis for asking about the state after any statement. */
export interface AnalysisState {
  /** What each global was bound to by whom, in order; made when it is first asked for. */
  readonly history: ReadonlyMap<string, readonly { readonly position: number; readonly binding: Binding }[]>;
  /** By position, with gaps. */
  readonly drafts: readonly StatementDraft[];
  readonly positions: ReadonlyMap<StatementId, number>;
}

/** The state of an analysis, of its statements by position. */
export function stateOf(drafts: readonly StatementDraft[]): AnalysisState {
  let history: AnalysisState["history"] | undefined;
  let positions: AnalysisState["positions"] | undefined;
  return {
    drafts,
    get history() {
      history ??= historyOf(drafts);
      return history;
    },
    get positions() {
      positions ??= positionsOf(drafts);
      return positions;
    },
  };
}

function historyOf(drafts: readonly StatementDraft[]): AnalysisState["history"] {
  const history = new Map<string, { position: number; binding: Binding }[]>();
  drafts.forEach(({ bound }, position) => {
    for (const [name, binding] of bound) {
      append(history, name, { position, binding });
    }
  });
  return history;
}

function positionsOf(drafts: readonly StatementDraft[]): AnalysisState["positions"] {
  const positions = new Map<StatementId, number>();
  drafts.forEach(({ id }, position) => {
    positions.set(id, position);
  });
  return positions;
}

/** What the global names hold after the statement at a position. */
export function valuesAt(state: AnalysisState, position: number): ReadonlyMap<string, NameValue> {
  const values = new Map<string, NameValue>();
  for (const [name, binding] of bindingsAt(state, position)) values.set(name, describe(state, position, binding));
  return values;
}

/** What one global name holds after the statement at a position; absent where nothing has bound it. */
export function valueAt(state: AnalysisState, position: number, name: string): NameValue | undefined {
  const binding = bindingOf(state, position, name);
  return binding === undefined ? undefined : describe(state, position, binding);
}

/** What binds a global name after the statement at a position. */
export function bindingOf(state: AnalysisState, position: number, name: string): Binding | undefined {
  return bindingAt(state.history.get(name) ?? [], position);
}

function describe(state: AnalysisState, position: number, binding: Binding): NameValue {
  const objects = [...binding.value];
  const type = typeOf(objects);
  const reached = reachable(objects, position);
  const definedBy = new Set(binding.definers);
  for (const object of reached) {
    definedBy.add(object.lastChange(position));
    definedBy.add(object.lastSharedChange(position));
  }
  definedBy.delete(-1);
  return {
    objects: objects.map(({ id }) => id),
    mutable: [...reached].some(isChangeable) && objects.some((object) => reachesChangeable(object, position)),
    definedBy: [...definedBy].sort((a, b) => a - b).map((at) => (state.drafts[at] as StatementDraft).id),
    certain: binding.certain,
    ...(type === undefined ? {} : { type }),
  };
}

/** Groups of names that share an object that can change. Modules, functions and classes are no values that travel. */
export function sharingAt(state: AnalysisState, position: number): readonly Sharing[] {
  const groups = new Groups();
  const ownerOf = new Map<AbstractObject, string>();
  const isUnsure = new Set<string>();
  const bindings = new Map(bindingsAt(state, position));
  for (const [name, binding] of bindings) {
    const stack = [...binding.value].filter((object) => !isDefinition(object));
    const seen = new Set<AbstractObject>();
    for (let object = stack.pop(); object !== undefined; object = stack.pop()) {
      if (seen.has(object)) continue;
      seen.add(object);
      const owner = ownerOf.get(object);
      if (owner !== undefined) {
        if (object.mutable) groups.join(owner, name);
        if (object.mutable) continue;
      } else if (object.mutable) ownerOf.set(object, name);
      for (const held of object.held(position, object.type === "torch.Tensor"))
        if (!isDefinition(held)) stack.push(held);
      for (const [other, since] of object.memory) {
        if (since > position) continue;
        stack.push(other);
        isUnsure.add(name);
      }
    }
  }
  return groups.all().map((names) => ({
    names,
    certainty: names.some((name) => isUnsure.has(name) || (bindings.get(name)?.value.size ?? 0) > 1) ? "may" : "must",
  }));
}

/** What every bound name holds after the statement at a position. */
export function* bindingsAt(state: AnalysisState, position: number): Generator<[string, Binding]> {
  for (const [name, states] of state.history) {
    const binding = bindingAt(states, position);
    if (binding !== undefined) yield [name, binding];
  }
}

/** The newest binding of a name at a position, unless the name was deleted. */
function bindingAt(
  states: readonly { readonly position: number; readonly binding: Binding }[],
  position: number,
): Binding | undefined {
  let low = 0;
  let high = states.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((states[middle]?.position as number) <= position) low = middle + 1;
    else high = middle;
  }
  const binding = states[low - 1]?.binding;
  return binding !== undefined && binding.value.size > 0 ? binding : undefined;
}

function typeOf(objects: readonly AbstractObject[]): string | undefined {
  const types = new Set(
    objects.map((object) => object.type ?? (object.qualified === undefined ? undefined : "builtins.type")),
  );
  const [type] = types;
  return types.size === 1 ? type : undefined;
}

function isDefinition(object: AbstractObject): boolean {
  const { qualified, type, callable } = object;
  return (
    qualified !== undefined ||
    type === "types.ModuleType" ||
    callable?.kind === "function" ||
    callable?.kind === "class"
  );
}

function reachesChangeable(object: AbstractObject, position: number): boolean {
  return !isDefinition(object) && (object.mutable || [...reachable([object], position)].some(isChangeable));
}

function isChangeable(object: AbstractObject): boolean {
  return object.mutable && !isDefinition(object);
}

/** Names joined into groups (union-find). */
class Groups {
  readonly #parent = new Map<string, string>();

  join(one: string, other: string): void {
    const [a, b] = [this.#root(one), this.#root(other)];
    if (a !== b) this.#parent.set(b, a);
  }

  all(): readonly (readonly string[])[] {
    const groups = new Map<string, string[]>();
    for (const name of this.#parent.keys()) {
      const root = this.#root(name);
      append(groups, root, name);
    }
    return [...groups.values()].filter((group) => group.length > 1).map((group) => group.sort());
  }

  #root(name: string): string {
    let root = name;
    for (
      let parent = this.#parent.get(root);
      parent !== undefined && parent !== root;
      parent = this.#parent.get(root)
    ) {
      root = parent;
    }
    this.#parent.set(name, root);
    this.#parent.set(root, root);
    return root;
  }
}
