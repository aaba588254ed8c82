import type * as ast from "../../python/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { spanOf } from "../objects/places.ts";
import { union, type Value } from "../objects/value.ts";
import { change, postpone } from "../statements/changes.ts";

const coroutine = "types.CoroutineType";

/**
 * What a call of an `async def` gives. Its body has been followed where it is called; it runs where it is awaited, or
 * at any statement between. So its result stands beside an object that runs it again when somebody awaits it, and that
 * no other process can have.
 */
export function withCoroutine(run: Interpreter, node: ast.FunctionDef, given: Value, result: Value, again: () => void) {
  const made = run.at(run.places.of(node, "coroutine"), { type: coroutine });
  for (const object of made) {
    run.heap.hold(object, "~", given, run.now);
    postpone(run, object, again);
  }
  return union(result, made);
}

/** What `await` gives of a value: the results of the coroutines in it, or in a list of them, which run now. */
export function awaited(run: Interpreter, value: Value, site: ast.Expr): Value {
  const lists = [...value].filter((object) => itemsOf(object).some(isCoroutine));
  const coroutines = new Set([...value, ...lists.flatMap(itemsOf)].filter(isCoroutine));
  if (coroutines.size === 0) return value;
  change(run, coroutines, { path: [], span: spanOf(site), must: true, deep: false, views: false });
  const plain = new Set([...value].filter((object) => !isCoroutine(object) && !lists.includes(object)));
  return union(plain, ...lists.map((list) => resultsIn(run, list, site)));
}

/** The list with results in the place of coroutines. */
function resultsIn(run: Interpreter, list: AbstractObject, site: ast.Expr): Value {
  const made = run.at(run.places.of(site, "awaited"), { type: list.type, mutable: list.mutable });
  for (const object of made) {
    for (const [field, held] of list.fields)
      run.heap.hold(object, field, new Set([...held.keys()].filter((one) => !isCoroutine(one))), run.now);
  }
  return made;
}

function itemsOf(object: AbstractObject): AbstractObject[] {
  return object.type?.startsWith("builtins.") === true
    ? [...object.fields.values()].flatMap((held) => [...held.keys()])
    : [];
}

function isCoroutine({ type }: AbstractObject): boolean {
  return type === coroutine;
}
