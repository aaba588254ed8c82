import { packageOf } from "../../inclusion/own-modules.ts";
import type * as ast from "../../python/ast.ts";
import type { Span } from "../../text/position.ts";
import { put } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import { Frame } from "../names/frame.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { union, type Value } from "../objects/value.ts";
import { executeBlock } from "./execute.ts";

/**
 * Imports a module of the notebook's own project, and the packages that it is in: its code runs the first time.
 * `undefined` for what is none, or cannot be read.
 */
export function importOwn(run: Interpreter, name: string, span: Span): AbstractObject | undefined {
  const { ownModules } = run.world;
  if (ownModules === undefined) return undefined;
  run.journal?.reads.add(ownKey(name));
  const known = run.imported.get(name);
  if (known !== undefined) run.journal?.reads.add(known);
  if (known !== undefined) return known;
  const source = ownModules.find(name);
  if (source === undefined) return undefined;
  const inside = packageOf(name);
  const around = inside === "" ? undefined : importOwn(run, inside, span);
  // To import a package can have imported this.
  const made = run.imported.get(name);
  if (made !== undefined) return made;
  const facts = { type: "types.ModuleType", mutable: true };
  const module = run.heap.at(source.module, "module", facts, run.now);
  put(run.journal, ownKey(name), run.imported, name, module);
  runModule(run, new Frame("module", undefined, source.module, {}, run.journal, { source, module, stars: [] }), span);
  if (around !== undefined) run.heap.hold(around, `.${name.slice(inside.length + 1)}`, new Set([module]), run.now);
  return module;
}

/** What a name of an own module is: a module in a package, or what its code binds; `undefined` where that is unknown. */
export function ownMember(run: Interpreter, module: AbstractObject, path: string, span: Span): Value | undefined {
  const name = path.slice(path.lastIndexOf(".") + 1);
  const bound = run.heap.attribute(module, name);
  if (bound.size > 0) return bound;
  const below = importOwn(run, path, span);
  return below === undefined ? undefined : new Set([below]);
}

/** The names that a star brings from an own module. */
export function ownStarNames(run: Interpreter, module: AbstractObject): readonly string[] {
  const told = union(...[...run.heap.attribute(module, "__all__")].map((all) => run.heap.items(new Set([all]))));
  if (told.size > 0) return [...told].flatMap(({ constant }) => (typeof constant === "string" ? [constant] : []));
  const { fields } = module;
  const names = [...fields.keys()].flatMap((field) => (field.startsWith(".") ? [field.slice(1)] : []));
  return names.filter((name) => !name.startsWith("_"));
}

/** The full name of what an import names, relative to the running module; `undefined` where it leads out of all packages. */
export function fullName(run: Interpreter, { level, module = "" }: ast.ImportFrom): string | undefined {
  if (level === 0) return module;
  const parts = run.frame.root.own?.source.package.split(".") ?? [];
  if (level > parts.length || parts[0] === "") return undefined;
  return [...parts.slice(0, parts.length - level + 1), ...(module === "" ? [] : [module])].join(".");
}

/** Nothing around an import is seen by the module's code; what that does is shown at the import. */
function runModule(run: Interpreter, frame: Frame, { start, end }: Span): void {
  const { activations, defining, callSpan } = run;
  const { module, source } = frame.own as NonNullable<Frame["own"]>;
  run.activations = [];
  run.defining = undefined;
  run.callSpan = callSpan ?? { start, end };
  run.importing.add(module);
  try {
    run.within(frame, () => executeBlock(run, source.module.body));
  } finally {
    Object.assign(run, { activations, defining, callSpan });
    run.importing.delete(module);
  }
}

function ownKey(name: string): string {
  return `own module ${name}`;
}
