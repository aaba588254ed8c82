import type { Command } from "../../ipython/translation.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { Dataflow, ParsedCell } from "../model.ts";

type ReadCell = Pick<ParsedCell, "module" | "translation">;

/** Cells of which nothing here can be said: without a look at their trees. */
const mayChoose = /matplotlib|\bmpl\b|backend|pylab/i;

/**
 * The cells at whose end figures stay open. The backend that notebooks have from the start, `inline`, shows and closes
 * every figure with its cell (matplotlib_inline.backend_inline.flush_figures); with any other, pyplot goes on drawing on
 * the same figure in the next cell.
 */
export function cellsWithOpenFigures({ order, cells }: Pick<Dataflow, "order" | "cells">): ReadonlySet<number> {
  const byIndex = new Map(cells.map((cell) => [cell.cell.index, cell]));
  let stay = false;
  return new Set(
    order.filter((index) => {
      const cell = byIndex.get(index);
      stay = (cell && leavesFiguresOpen(cell)) ?? stay;
      return stay;
    }),
  );
}

/** Whether figures stay open from this cell on; `undefined` where it says nothing about that. */
export function leavesFiguresOpen({ module, translation }: ReadCell): boolean | undefined {
  if (!mayChoose.test(translation.source)) return undefined;
  const said = translation.commands.flatMap((command) => saidByCommand(command) ?? []);
  for (const { node } of module.body.flatMap((statement) => [...walk(statement)])) {
    if (node.type === "Call") said.push(...[saidByCall(node) ?? []].flat());
  }
  return said.at(-1);
}

/** `%matplotlib notebook`, `%pylab inline`, `%config InlineBackend.close_figures = False`. */
function saidByCommand({ name, argument }: Command): boolean | undefined {
  if (name === "config") {
    const closes = /InlineBackend\.close_figures\s*=\s*(True|False)/.exec(argument)?.[1];
    return closes === undefined ? undefined : closes === "False";
  }
  if (name !== "matplotlib" && name !== "pylab") return undefined;
  const backend = argument.split(/\s+/).find((word) => word !== "" && !word.startsWith("-"));
  return backend === undefined ? undefined : !isInline(backend);
}

/** `matplotlib.use("Agg")`, `plt.switch_backend("Agg")`, `set_matplotlib_close(False)`. */
function saidByCall({ func, args, keywords }: ast.Call): boolean | undefined {
  const name = func.type === "Attribute" ? func.attr.name : func.type === "Name" ? func.id : "";
  const given = args[0] ?? keywords[0]?.value;
  const value = given?.type === "Constant" ? given.value : undefined;
  if (name === "set_matplotlib_close") return value === false;
  const isUse =
    name === "use" &&
    func.type === "Attribute" &&
    func.value.type === "Name" &&
    /^(matplotlib|mpl)$/.test(func.value.id);
  if (!isUse && name !== "switch_backend") return undefined;
  return typeof value !== "string" || !isInline(value);
}

function isInline(backend: string): boolean {
  return /(^|backend_)inline$/.test(backend);
}
