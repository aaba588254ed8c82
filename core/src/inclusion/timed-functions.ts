import { translateCell } from "../ipython/translate.ts";
import type { Command, Translation } from "../ipython/translation.ts";
import type * as ast from "../python/ast.ts";
import type { PythonParser } from "../python/ast.ts";

/** The functions that magics such as `%timeit` make of what they run (`timeit.Timer`), by `Command.timed`. */
export type TimedFunctions = ReadonlyMap<NonNullable<Command["timed"]>, ast.FunctionDef>;

/** What a cell's magics time. Offsets in the functions are those of their own text's translation. */
export function timedFunctions({ cell, commands }: Translation, parser: PythonParser): TimedFunctions {
  const functions = new Map<string, ast.FunctionDef>();
  for (const { timed } of commands) {
    if (timed === undefined || functions.has(timed)) continue;
    functions.set(timed, functionOf(parser.parse(translateCell(timed, cell).python)));
  }
  return functions;
}

function functionOf({ body, start, end }: ast.Module): ast.FunctionDef {
  const place = { start, end };
  return {
    ...place,
    type: "FunctionDef",
    name: { ...place, name: "%timeit" },
    args: { ...place, posonlyargs: [], args: [], kwonlyargs: [] },
    body,
    decorator_list: [],
    type_params: [],
  };
}
