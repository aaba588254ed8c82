import type { ParsedCell } from "../../dataflow/model.ts";
import { knownCalls } from "../../effects/known-calls.ts";
import { importedModules } from "../../plan/definitions/written-modules.ts";
import { walk } from "../../python/walk.ts";

type Code = Pick<ParsedCell, "module">;

/**
 * Which of a project's own modules may draw into the figures that are open: those that call a library which does, and
 * those that import one of them. By first names.
 */
export function drawingModules(modules: ReadonlyMap<string, readonly Code[]>): ReadonlySet<string> {
  const drawing = new Set([...modules].filter(([, code]) => draws(code)).map(([name]) => name));
  for (let before = -1; before < drawing.size; ) {
    before = drawing.size;
    for (const [name, code] of modules) {
      if (code.flatMap(importedModules).some((imported) => drawing.has(imported))) drawing.add(name);
    }
  }
  return drawing;
}

/** Whether modules call `plt.show()`, by whatever name they know it. */
export function showFigures(code: readonly Code[]): boolean {
  return code.some(({ module }) =>
    walk(module).some(({ node }) => {
      if (node.type !== "Call") return false;
      const { func } = node;
      return (func.type === "Attribute" ? func.attr.name : func.type === "Name" ? func.id : undefined) === "show";
    }),
  );
}

function draws(code: readonly Code[]): boolean {
  return code.some(({ module }) =>
    knownCalls([module]).some(
      ({ effect: { role, state = [] } }) =>
        role === "plot" || state.some(({ state, use }) => state === "figure" && use === "change"),
    ),
  );
}
