import type { StarName } from "../../effects/star-exports.ts";
import type * as ast from "../../python/ast.ts";
import type { Span } from "../../text/position.ts";
import { openNamespace } from "../calls/open-namespace.ts";
import { all, push } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import { bindName } from "../names/names.ts";
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

/** `from a import b, *`. The star of a module that no table knows may bind any name. */
export function importFrom(run: Interpreter, node: ast.ImportFrom): void {
  const path = fullName(run, node);
  const own = path === undefined ? undefined : importOwn(run, path, node);
  const module = path ?? ".".repeat(node.level) + (node.module ?? "");
  for (const { name, asname, start, end } of node.names) {
    if (own !== undefined && name !== "*") {
      const value = ownMember(run, own, name, node) ?? run.at(node, { mutable: true });
      bindName(run, asname?.name ?? name, value, { start, end });
      continue;
    }
    if (name === "*") {
      if (own !== undefined) {
        for (const [each, value] of ownStarMembers(run, own)) bindName(run, each, value, { start, end });
        continue;
      }
      if (run.frame.own !== undefined) {
        run.frame.own.stars.push(module);
        continue;
      }
      const known = run.catalog.starNames(module);
      if (known !== undefined) {
        bindStarNames(run, known, { start, end });
        continue;
      }
      push(run.journal, all, run.stars, module);
      openNamespace(run, node, `from ${module} import * may bind any name`, false);
      continue;
    }
    const qualified = run.catalog.canonical(`${module}.${name}`);
    bindName(run, asname?.name ?? name, new Set([run.heap.library(qualified)]), { start, end });
  }
}
