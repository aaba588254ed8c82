import type * as ast from "../../python/ast.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Frame } from "../names/frame.ts";
import { localNames } from "../names/local-names.ts";
import type { AbstractObject } from "../objects/objects.ts";

/** A function holds what it captures from the functions around it, and the cells that they share. */
export function holdCaptured(
  run: Interpreter,
  fn: AbstractObject,
  node: ast.FunctionDef | ast.Lambda,
  around: Frame,
): void {
  if (around.kind === "module") return;
  const { locals, globals, mentioned } = localNames(node);
  for (let frame: Frame | undefined = around; frame !== undefined && frame.kind !== "module"; frame = frame.parent) {
    if (frame.kind === "class") continue;
    for (const name of mentioned) {
      const binding = locals.has(name) || globals.has(name) ? undefined : frame.layer.get(name);
      if (binding === undefined) continue;
      run.heap.hold(fn, `.__closure__ ${name}`, binding.value, run.now);
      run.heap.hold(fn, ".__cells__", new Set([cellsOf(run, frame)]), run.now);
    }
  }
}

/** What stands for the variables of a call that the functions inside it share: changed where one is bound anew. */
export function cellsOf(run: Interpreter, frame: Frame): AbstractObject {
  return run.heap.at(frame.context, "cells", { mutable: true }, run.now);
}
