import type { CallSite } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import type { ProjectContext } from "../context.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { wordsOf } from "../words.ts";

const plotting: ReadonlySet<string> = new Set(["matplotlib", "seaborn"]);

/** What methods are called that draw. */
const drawing = /^(?:plot|hist|boxplot|plot_\w+|\w+_plot)$/;

/** Libraries whose values draw themselves with matplotlib. */
const drawable: readonly string[] = ["pandas", "matplotlib", "seaborn", "geopandas", "xarray"];

/** Libraries whose plots are values of their own, which no figure of matplotlib holds. */
const ownPictures: ReadonlySet<string> = new Set(["altair", "bokeh", "plotly"]);

/** True where the notebook imports what draws with matplotlib: that itself, or a module of the project. */
export function importsDrawing({ imports, analysis }: Pick<ProjectContext, "analysis" | "imports">): boolean {
  const own = analysis.ownModules?.drawing ?? [];
  return [...plotting, ...own].some((name) => imports.packages.has(name));
}

/** True where a statement may leave a figure open. */
export function drawsFigures(context: ProjectContext, sourced: SourcedStatement): boolean {
  return sourced.statement.calls.some((call) => {
    const [library, name = ""] = call.callee?.split(".") ?? [];
    return libraryMayDraw(call, context) || (library === "notebook" && definitionDraws(context, name));
  });
}

/** True for a call of anything but the notebook's own definitions that may leave a figure of matplotlib open. */
export function libraryMayDraw(call: CallSite, context: Pick<ProjectContext, "analysis" | "imports">): boolean {
  return callDraws(call) || mayDraw(call, context.imports) || ownModuleMayDraw(call, context);
}

/** True for a call of what an own module of the project has that draws: `charts.surface(model)`, `surface(model)`. */
function ownModuleMayDraw(
  { callee = "", node }: CallSite,
  { analysis, imports }: Pick<ProjectContext, "analysis" | "imports">,
): boolean {
  const drawing = analysis.ownModules?.drawing;
  if (drawing === undefined || drawing.size === 0) return false;
  // What is followed is named as the notebook's own: `notebook.charts.Surface.draw`.
  if (drawing.has(firstName(callee.replace(/^notebook\./, "")))) return true;
  const root = rootName(node.func);
  return imports.names.some(({ bound, qualified }) => bound === root && drawing.has(firstName(qualified)));
}

function firstName(qualified: string): string {
  return qualified.split(".", 1)[0] as string;
}

/** True for a call that may leave a figure of matplotlib open, whichever library draws it. */
export function callDraws({ role, callee = "", effect }: CallSite): boolean {
  const library = callee.split(".", 1)[0] as string;
  if (ownPictures.has(library) || role === "setting") return false;
  if (role === "plot" || plotting.has(library)) return true;
  return effect?.state?.some(({ state, use }) => state === "figure" && use === "change") ?? false;
}

/**
 * True for a call of an unknown value that may draw: of a table that nobody knows to be one
 * (`df.resample("M").apply(f).plot.bar()`). Asking for figures where none is open harms nothing.
 */
function mayDraw(
  { node: { func }, callee }: CallSite,
  { packages }: { readonly packages: { has(name: string): boolean } },
): boolean {
  if (callee !== undefined || func.type !== "Attribute" || !drawable.some((name) => packages.has(name))) return false;
  return drawing.test(func.attr.name) || (func.value.type === "Attribute" && func.value.attr.name === "plot");
}

function definitionDraws(context: ProjectContext, name: string): boolean {
  const definition = context.dataflow.definitions.find((each) => each.name === name);
  if (definition === undefined) return false;
  const { python } = context.source.statement(definition.statement);
  const words = wordsOf(python.slice(definition.node.start, definition.node.end));
  const own = context.analysis.ownModules?.drawing;
  return context.imports.names.some(({ bound, qualified }) => {
    const library = firstName(qualified);
    return words.has(bound) && (plotting.has(library) || own?.has(library));
  });
}

/** The name that `charts.Surface(model).draw` begins with. */
function rootName(value: ast.Expr): string | undefined {
  let node = value;
  while (node.type !== "Name") {
    if (node.type === "Call") node = node.func;
    else if (node.type === "Attribute" || node.type === "Subscript") node = node.value;
    else return undefined;
  }
  return node.id;
}
