import { type Bench, open } from "./bench.ts";
import { pylabCommand } from "./command-statements.ts";
import { isImport } from "./statement-kinds.ts";

/**
 * Finds the imports, wherever they stand. One that takes the place of something else of its name (a class, a variable)
 * is a binding like others and stays where it is.
 */
export function placeImports(bench: Bench): void {
  const others = new Set<string>();
  for (const { id, statement, binds } of open(bench)) {
    const isPylab = pylabCommand(statement.node, bench.cells.get(statement.cell)) !== undefined;
    const isPlaced = isPylab || (isImport(statement.node) && ![...binds.keys()].some((name) => others.has(name)));
    if (isPlaced) bench.homes.set(id, "import");
    else for (const name of binds.keys()) others.add(name);
  }
}
