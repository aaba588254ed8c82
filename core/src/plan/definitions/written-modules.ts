import type { ParsedCell, StatementId } from "../../dataflow/model.ts";
import { type WrittenModule, writtenModule } from "../../ipython/written-module.ts";
import { walk } from "../../python/walk.ts";

/**
 * The modules that cells of the notebook write (`%%writefile`) and that it imports, by the statement that writes each:
 * they are files of the project. One that is written twice is a file that changes, and no module.
 */
export function writtenModules(dataflow: {
  readonly cells: readonly ParsedCell[];
}): ReadonlyMap<StatementId, WrittenModule> {
  const written = dataflow.cells.flatMap(({ cell, translation }) => {
    const module = translation.commands.map(writtenModule).find((each) => each !== undefined);
    const id: StatementId = `${cell.index}.0`;
    return module === undefined ? [] : [[id, module] as const];
  });
  if (written.length === 0) return new Map();
  const imported = new Set(dataflow.cells.flatMap(importedModules));
  return new Map(
    written.filter(
      ([, { name, path }]) => imported.has(name) && written.filter(([, other]) => other.path === path).length === 1,
    ),
  );
}

/** First names of what a cell imports, in functions too. */
export function importedModules({ module }: Pick<ParsedCell, "module">): readonly string[] {
  return [...walk(module)].flatMap(({ node }) => {
    if (node.type === "Import") return node.names.map(({ name }) => name.split(".", 1)[0] as string);
    if (node.type !== "ImportFrom" || node.level > 0 || node.module === undefined) return [];
    return [node.module.split(".", 1)[0] as string];
  });
}
