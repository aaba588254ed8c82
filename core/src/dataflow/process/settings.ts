import type * as ast from "../../python/ast.ts";
import type { CallSite, Dataflow, Statement, StatementId } from "../model.ts";
import { anySettings, figureSettings, libraryOf } from "./consulted.ts";

/** A statement that sets up a library for all that comes after it, and no value carries it there. */
export interface Setting {
  readonly statement: StatementId;
  /** The libraries by which it was reached: `numpy` for `np.seterr(...)`. */
  readonly libraries: ReadonlySet<string>;
  /**
   * `texts` where it only matters for how values are written out, `figures` where for what is drawn, `messages` for what
   * is logged, `errors` where warnings become errors, for whoever catches these.
   */
  readonly touches: "values" | "texts" | "figures" | "messages" | "errors";
}

const ofFigures = new Set(["matplotlib", "seaborn", "plotly", "bokeh", "altair"]);

/** The settings among the statements of a notebook. */
export function settingsOf(dataflow: Dataflow): readonly Setting[] {
  const imports = importedLibraries(dataflow.statements);
  return dataflow.statements.flatMap((statement): Setting[] => {
    const calls = statement.calls.filter(isSettingCall);
    const changed = statement.accesses.filter(({ kind, place }) => kind === "change" && imports.has(place.name));
    const own = [
      ...calls.map(({ callee }) => (callee as string).split(".", 1)[0] as string),
      ...changed.map(({ place }) => imports.get(place.name) as string),
      ...[...statement.configures].map(libraryOf),
    ];
    const libraries = new Set([...own, ...statement.setUp]);
    libraries.delete("IPython");
    if (!makesErrors(statement)) libraries.delete("warnings");
    if (libraries.size === 0) return [];
    const isOwn = libraries.isSubsetOf(new Set(own));
    const isText =
      isOwn &&
      calls.every(isTextCall) &&
      changed.every(({ place }) => place.path.some(isDisplay)) &&
      [...statement.configures].every((place) => place.split(".").includes("display"));
    return [{ statement: statement.id, libraries, touches: touchedBy(libraries) ?? (isText ? "texts" : "values") }];
  });
}

/** What settings of these libraries alone matter for; `undefined` where that depends on the setting. */
function touchedBy(libraries: ReadonlySet<string>): Setting["touches"] | undefined {
  if (libraries.isSubsetOf(ofFigures)) return "figures";
  if (libraries.size > 1) return undefined;
  return libraries.has("logging") ? "messages" : libraries.has("warnings") ? "errors" : undefined;
}

/** Whether it makes errors of warnings, or may. Otherwise filters of warnings change messages only. */
function makesErrors({ calls, setUp }: Statement): boolean {
  const own = calls.filter(({ callee }) => callee?.startsWith("warnings."));
  if (own.length === 0) return setUp.has("warnings");
  return own.some(({ node: { args, keywords } }) =>
    [...args, ...keywords.map(({ value }) => value)].some(
      (given) => given.type !== "Constant" || given.value === "error",
    ),
  );
}

/**
 * Which of the settings matter for a part of the notebook: those of the libraries that it imports or whose code it runs,
 * those of figures where it draws. Whoever calls what nobody knows may notice any.
 */
export function settingsFor(
  part: readonly Statement[],
  settings: readonly Setting[],
  textOf: (statement: Statement) => string,
): readonly Setting[] {
  if (settings.length === 0) return [];
  const consulted = new Set(part.flatMap(({ consults }) => [...consults]));
  const isAny = consulted.has(anySettings);
  const used = consulted.union(new Set(importedLibraries(part).values()));
  const makesTexts = isAny || part.some((statement) => textMaking.test(textOf(statement)));
  const draws = isAny || consulted.has(figureSettings);
  const catches = isAny || part.some((statement) => catching.test(textOf(statement)));
  const logs = part.some((statement) => statement.calls.some(isLogging) || askingLoggers.test(textOf(statement)));
  return settings.filter(({ libraries, touches }) => {
    if (touches === "figures") return draws;
    if (touches === "messages") return logs && used.has("logging");
    if (touches === "errors") return catches;
    return (touches === "values" || makesTexts) && (isAny || [...libraries].some((one) => used.has(one)));
  });
}

/** By calls of its own. What functions log that it calls is no part of what they give. */
function isLogging({ callee, effect }: CallSite): boolean {
  return callee?.startsWith("logging.") === true && effect?.state?.some(({ state }) => state === "options") === true;
}

const askingLoggers = /\.(?:getEffectiveLevel|isEnabledFor|hasHandlers|level|disabled|handlers|filters)\b/;

const catching = /\btry\s*:|\bsuppress\b/;

const textMaking =
  /\b(?:str|repr|print|format|to_string|to_html|to_latex|to_markdown|_repr_\w+_|array2string|array_repr|array_str|display)\s*\(|\bf["']|["']\s*%/;

/** The library of each name that an import binds. */
export function importedLibraries(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const libraries = new Map<string, string>();
  for (const { node } of statements) for (const [name, library] of namesOf(node)) libraries.set(name, library);
  return libraries;
}

function namesOf(node: ast.Stmt): readonly (readonly [name: string, library: string])[] {
  if (node.type === "Import") {
    return node.names.map(({ name, asname }) => {
      const root = name.split(".", 1)[0] as string;
      return [asname?.name ?? root, root] as const;
    });
  }
  if (node.type !== "ImportFrom" || node.level > 0) return [];
  const root = (node.module ?? "").split(".", 1)[0] as string;
  return node.names.map(({ name, asname }) => [asname?.name ?? name, root] as const);
}

const settingStates = new Set(["options", "backend", "warnings"]);

/** A message may set up its library too, but for nobody who does not ask for that with a call of its own. */
function isSettingCall({ callee, effect, role }: CallSite): boolean {
  return (
    callee !== undefined &&
    (role === "setting" || !callee.startsWith("logging.")) &&
    effect?.state?.some(({ state, use }) => use === "change" && settingStates.has(state)) === true
  );
}

function isTextCall({ callee, node }: CallSite): boolean {
  if (callee === "numpy.set_printoptions" || callee === "torch.set_printoptions") return true;
  const [first] = node.args;
  const isPandas = callee === "pandas.set_option" || callee === "pandas.reset_option";
  return isPandas && first?.type === "Constant" && String(first.value).startsWith("display");
}

function isDisplay({ name }: { readonly name: string }): boolean {
  return name === "display";
}
