import type { Span } from "../../text/position.ts";
import { all, assign, push } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import { readGlobal } from "../names/names.ts";
import { nothing, type Value } from "../objects/value.ts";
import { anySettings } from "../process/consulted.ts";
import { change } from "../statements/changes.ts";

/** So many names, of all statements that may use any name together, are told one by one. */
const mostNamesOpened = 50_000;

/**
 * Every name may be bound here, and where it `changes`, read and changed. Where that was said of many names already, it
 * is said again only of those that are new since the last time: the others need both, because the later needs the
 * earlier, and who reads them later needs the later.
 */
export function openNamespace(run: Interpreter, node: Span & object, why: string, changes = true): Value {
  for (const { definition } of run.activations)
    if (definition !== undefined) assign(run.journal, definition, definition, "opaque", true);
  if (!run.opened.some(({ position }) => position === run.now)) {
    const before = run.opened.at(-1);
    if (before !== undefined) run.recorder.edge(before.position, run.now, "value", "*", false, before.why);
    push(run.journal, all, run.opened, { position: run.now, why });
    run.journal?.reads.add(all);
    if (changes) run.recorder.consults(anySettings);
    const isMuch = before !== undefined && run.module.layer.own.size * run.opened.length > mostNamesOpened;
    const names = isMuch ? touchedSince(run, before.position) : run.names();
    run.maybe(() => {
      for (const name of changes ? names : []) {
        const binding = run.module.layer.get(name);
        if (binding === undefined) continue;
        readGlobal(run, name, { path: [], span: node, along: nothing, value: binding.value });
        change(run, binding.value, { path: [], span: node, base: name, must: false, deep: true, views: true, why });
      }
    });
  }
  return run.at(node, { mutable: true });
}

/** Names that statements behind a position have bound or changed. */
function touchedSince(run: Interpreter, since: number): ReadonlySet<string> {
  const names = new Set(run.touched);
  for (const draft of run.recorder.drafts.slice(since + 1)) {
    for (const { kind, place } of draft?.accesses ?? []) if (kind !== "read") names.add(place.name);
  }
  return names;
}
