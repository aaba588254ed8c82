import { allMethods, callFunction } from "./calls/notebook-call.ts";
import { noArguments } from "./calls/returned.ts";
import type { Flow, Interpreter } from "./interpreter.ts";
import type { AbstractObject } from "./objects/objects.ts";

/**
 * Follows the definitions that nothing in the notebook calls, with arguments of which nothing is known, so that it is
 * known what they use. Nothing of it is recorded as done by a statement. The position lies behind the last statement, so
 * that what their bodies change is no part of the state after any.
 */
export function followUncalled(run: Interpreter, position: number): void {
  const uncalled = [...run.definitions.values()].filter(({ followed }) => !followed);
  if (uncalled.length === 0) return;
  run.recorder.enabled = false;
  run.beginStatement(position);
  for (const definition of uncalled) {
    for (const object of run.heap.definedBy(definition.node)) {
      run.branches([() => followOne(run, object), () => "next"]);
    }
  }
  run.recorder.enabled = true;
}

function followOne(run: Interpreter, object: AbstractObject): Flow {
  if (object.callable?.kind === "function") {
    callFunction(run, object, noArguments, object);
    return "next";
  }
  if (object.callable?.kind !== "class") return "next";
  const instance = run.at(object, { type: `notebook.${object.callable.name}` });
  for (const one of instance) run.heap.instantiates(one, object);
  for (const method of allMethods(object, true)) callFunction(run, method, { ...noArguments, self: instance }, method);
  return "next";
}
