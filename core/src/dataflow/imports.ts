import type * as ast from "../python/ast.ts";
import type { Interpreter } from "./interpreter.ts";
import { bindName } from "./names.ts";
import { openNamespace } from "./special-calls.ts";

/** `import a.b, c as d`. */
export function importModules(run: Interpreter, node: ast.Import): void {
  for (const { name, asname, start, end } of node.names) {
    const root = name.split(".", 1)[0] as string;
    const module = run.heap.library(asname === undefined ? root : name, run.now, "types.ModuleType");
    bindName(run, asname?.name ?? root, new Set([module]), { start, end });
  }
}

/** `from a import b, *`. A star import may bind any name. */
export function importFrom(run: Interpreter, node: ast.ImportFrom): void {
  const module = ".".repeat(node.level) + (node.module ?? "");
  for (const { name, asname, start, end } of node.names) {
    if (name === "*") {
      run.stars.push(module);
      openNamespace(run, node, `from ${module} import * may bind any name`, false);
      continue;
    }
    const qualified = run.catalog.canonical(`${module}.${name}`);
    bindName(run, asname?.name ?? name, new Set([run.heap.library(qualified, run.now)]), { start, end });
  }
}
