import type { StarName } from "../../effects/star-exports.ts";
import type * as ast from "../../python/ast.ts";
import type { Span } from "../../text/position.ts";
import { openNamespace } from "../calls/open-namespace.ts";
import { all, push } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import type { OwnNames } from "../names/frame.ts";
import { bindName } from "../names/names.ts";
import type { Value } from "../objects/value.ts";
import { fullName, importOwn, ownMember, ownStarMembers } from "./own-imports.ts";

/** `import a.b, c as d`. */
export function importModules(run: Interpreter, node: ast.Import): void {
  for (const { name, asname, start, end } of node.names) {
    const root = name.split(".", 1)[0] as string;
    const own = importOwn(run, name, { start, end }) && importOwn(run, asname === undefined ? root : name, node);
    const module = own?.module ?? run.heap.library(asname === undefined ? root : name, "types.ModuleType");
    bindName(run, asname?.name ?? root, new Set([module]), { start, end });
  }
}

/** Binds what a star import brings, as far as the notebook mentions it. */
export function bindStarNames(run: Interpreter, names: ReadonlyMap<string, StarName>, span: Span): void {
  for (const [name, { qualified }] of names) {
    if (!run.mentioned.has(name)) continue;
    bindName(run, name, new Set([run.heap.library(run.catalog.canonical(qualified))]), span);
  }
}

/** `from a import b, *`. */
export function importFrom(run: Interpreter, node: ast.ImportFrom): void {
  const path = fullName(run, node);
  const own = path === undefined ? undefined : importOwn(run, path, node);
  const module = path ?? ".".repeat(node.level) + (node.module ?? "");
  for (const { name, asname, start, end } of node.names) {
    const span = { start, end };
    if (name === "*") importStar(run, module, own, span, node);
    else bindName(run, asname?.name ?? name, own ? ofOwn(own, name) : ofLibrary(name), span);
  }

  function ofOwn(from: OwnNames, name: string): Value {
    return ownMember(run, from, name, node) ?? run.at(node, { mutable: true });
  }

  function ofLibrary(name: string): Value {
    return new Set([run.heap.library(run.catalog.canonical(`${module}.${name}`))]);
  }
}

/** The star of a module that no table knows may bind any name of the notebook; in an own module, it is looked up later. */
function importStar(
  run: Interpreter,
  module: string,
  own: OwnNames | undefined,
  span: Span,
  node: ast.ImportFrom,
): void {
  if (own !== undefined) {
    for (const [name, value] of ownStarMembers(run, own)) bindName(run, name, value, span);
    return;
  }
  if (run.frame.own !== undefined) {
    run.frame.own.stars.push(module);
    return;
  }
  const known = run.catalog.starNames(module);
  if (known !== undefined) {
    bindStarNames(run, known, span);
    return;
  }
  push(run.journal, all, run.stars, module);
  openNamespace(run, node, `from ${module} import * may bind any name`, false);
}
