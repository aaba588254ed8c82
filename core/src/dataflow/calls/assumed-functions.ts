import type { Span } from "../../text/position.ts";
import type { Interpreter } from "../interpreter.ts";
import { localNames } from "../names/local-names.ts";
import { bindName, noteFree, readGlobal } from "../names/names.ts";
import { ownValue } from "../names/own-names.ts";
import type { NotebookFunction } from "../objects/callable.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { change } from "../statements/changes.ts";
import { openNamespace } from "./open-namespace.ts";

/**
 * What functions of the notebook may do that are called and not followed: every global that they mention is read and may
 * change, and what functions are found there may be called in turn, each once a statement. Where the notebook has spent
 * all that may be followed, they may use any name.
 */
export function assumeFunctions(run: Interpreter, called: Iterable<NotebookFunction>, span: Span, why: string): void {
  const waiting = new Set(called);
  for (const fn of waiting) {
    run.assumed.add(fn.node);
    for (const value of assumeOne(run, fn, span, why)) {
      for (const reached of functionsIn(run, value)) {
        if (run.burnAssuming()) waiting.add(reached);
        else {
          openNamespace(run, span, `${why}, nor what it calls: too much to follow in one notebook`);
          return;
        }
      }
    }
  }
}

/**
 * The notebook's functions among the values and in what they hold, those of classes and of their instances too; but for
 * those that the statement is known to call perhaps.
 */
export function functionsIn(run: Interpreter, values: Value): readonly NotebookFunction[] {
  const seen = new Set([...values].filter(({ reachesCode }) => reachesCode));
  const found: NotebookFunction[] = [];
  for (const object of seen) {
    const { callable } = object;
    if (callable?.kind === "function" && !run.assumed.has(callable.node)) found.push(callable);
    for (const one of object.classes) seen.add(one);
    if (callable?.kind === "bound") for (const one of callable.self) seen.add(one);
    if (callable?.kind === "class") for (const one of callable.bases) seen.add(one);
    for (const held of object.held()) if (held.reachesCode) seen.add(held);
  }
  return found;
}

/** What the globals hold that one function mentions. */
function assumeOne(run: Interpreter, { node, frame }: NotebookFunction, span: Span, why: string): readonly Value[] {
  const { mentioned, locals, globals } = localNames(node);
  const values: Value[] = [];
  const { own } = frame.root;
  if (own !== undefined) {
    const value = union(...[...mentioned].map((name) => ownValue(run, own, name) ?? nothing));
    change(run, value, { path: [], span, must: false, deep: true, views: true, why });
    if (globals.size > 0)
      change(run, new Set([own.module]), { path: [], span, must: false, deep: false, views: false, why });
    return [value];
  }
  for (const name of mentioned) {
    const binding = locals.has(name) ? undefined : run.module.layer.get(name);
    if (binding === undefined) continue;
    values.push(binding.value);
    readGlobal(run, name, { path: [], span, along: nothing, value: binding.value });
    change(run, binding.value, { path: [], span, base: name, must: false, deep: true, views: true, why });
  }
  run.maybe(() => {
    for (const name of globals) {
      const before = run.module.layer.get(name)?.value ?? nothing;
      run.within(run.module, () => bindName(run, name, union(before, run.at(node, { mutable: true })), span));
      noteFree(run, "freeBinds", name);
    }
  });
  return values;
}
