import { packageOf } from "../../inclusion/own-modules.ts";
import type * as ast from "../../python/ast.ts";
import type { Span } from "../../text/position.ts";
import { put } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import { Frame, type OwnNames } from "../names/frame.ts";
import { ownNames, ownValue, setOwn } from "../names/own-names.ts";
import { union, type Value } from "../objects/value.ts";
import { executeBlock } from "./execute.ts";

/**
 * Imports a module of the notebook's own project, and the packages that it is in: its code runs the first time.
 * `undefined` for what is none, or cannot be read.
 */
export function importOwn(run: Interpreter, name: string, span: Span): OwnNames | undefined {
  if (run.world.ownModules === undefined) return undefined;
  const known = imported(run, name);
  if (known !== undefined) return known;
  const source = run.world.ownModules.find(name);
  if (source === undefined) return undefined;
  const inside = packageOf(name);
  const around = inside === "" ? undefined : importOwn(run, inside, span);
  // To import a package can have imported this.
  const made = imported(run, name);
  if (made !== undefined) return made;
  const module = run.heap.at(source.module, "module", { type: "types.ModuleType", mutable: true }, run.now);
  const own = { source, module, stars: [] };
  put(run.journal, ownKey(name), run.imported, name, own);
  runModule(run, new Frame("module", undefined, source.module, {}, run.journal, own), span);
  if (around !== undefined) setOwn(run, around, name.slice(inside.length + 1), new Set([module]));
  return own;
}

/** What a name of an own module is: what its code binds, or a module in a package; `undefined` where that is unknown. */
export function ownMember(run: Interpreter, own: OwnNames, name: string, span: Span): Value | undefined {
  const bound = ownValue(run, own, name);
  if (bound !== undefined) return bound;
  const below = importOwn(run, `${own.source.name}.${name}`, span);
  return below === undefined ? undefined : new Set([below.module]);
}

/** What a star brings from an own module, by name. */
export function ownStarMembers(run: Interpreter, own: OwnNames): ReadonlyMap<string, Value> {
  const all = [...(ownValue(run, own, "__all__") ?? [])].map((object) => run.heap.items(new Set([object])));
  const told = [...union(...all)].flatMap(({ constant }) => (typeof constant === "string" ? [constant] : []));
  const names = told.length > 0 ? told : ownNames(run, own).filter((name) => !name.startsWith("_"));
  return new Map(
    names.flatMap((name) => {
      const value = ownValue(run, own, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The full name of what an import names, relative to the running module; `undefined` where it leads out of all packages. */
export function fullName(run: Interpreter, { level, module = "" }: ast.ImportFrom): string | undefined {
  if (level === 0) return module;
  const parts = run.frame.root.own?.source.package.split(".") ?? [];
  if (level > parts.length || parts[0] === "") return undefined;
  return [...parts.slice(0, parts.length - level + 1), ...(module === "" ? [] : [module])].join(".");
}

function imported(run: Interpreter, name: string): OwnNames | undefined {
  run.journal?.reads.add(ownKey(name));
  const own = run.imported.get(name);
  if (own !== undefined) run.journal?.reads.add(own.module);
  return own;
}

/** Nothing around an import is seen by the module's code; what that does is shown at the import. */
function runModule(run: Interpreter, frame: Frame, { start, end }: Span): void {
  const { activations, defining, callSpan } = run;
  const own = frame.own as OwnNames;
  run.activations = [];
  run.defining = undefined;
  run.callSpan = callSpan ?? { start, end };
  run.importing.set(own.module, frame);
  try {
    run.within(frame, () => executeBlock(run, own.source.module.body));
  } finally {
    Object.assign(run, { activations, defining, callSpan });
    const names = ownNames(run, own).map((name) => [name, ownValue(run, own, name)] as const);
    run.importing.delete(own.module);
    for (const [name, value] of names) if (value !== undefined) setOwn(run, own, name, value);
  }
}

function ownKey(name: string): string {
  return `own module ${name}`;
}
