import type { CallSite } from "../dataflow/model.ts";
import { importedLibraries, settingsOf } from "../dataflow/process/settings.ts";
import type * as ast from "../python/ast.ts";
import { isDefinition } from "../python/definition.ts";
import { walk } from "../python/walk.ts";
import type { Bench } from "./bench.ts";
import { commandOf } from "./command-statements.ts";
import type { Facts } from "./facts.ts";
import { literalNames } from "./literal-names.ts";
import { isImport } from "./statement-kinds.ts";

/**
 * What can notice a setting of the process: nothing but messages (warnings, logs, how a screen shows things), what logs,
 * figures, texts (how values are written out), or any computation.
 */
export type SettingReach = "messages" | "logs" | "figures" | "texts" | "values";

const ofMessages: ReadonlySet<string> = new Set(["warnings", "logging", "tqdm", "IPython"]);
const ofFigures: ReadonlySet<string> = new Set(["matplotlib", "seaborn", "plotly", "bokeh", "altair"]);

/** Commands by what they set; every other one that is a setting concerns the screen. */
const ofCommands: Readonly<Record<string, SettingReach>> = {
  cd: "values",
  env: "values",
  set_env: "values",
  precision: "texts",
};

/** Says of each statement that is a setting what can notice it. */
export function reachOfSettings(bench: Bench): (facts: Facts) => SettingReach {
  const touches = new Map(
    settingsOf(bench.dataflow).map(({ statement, touches }) => [statement, touches === "errors" ? "values" : touches]),
  );
  const libraries = importedLibraries(bench.dataflow.statements);
  const plain = new Set([...libraries.keys(), ...literalNames(bench).keys()]);
  return (facts) => {
    const { id, statement, reads, changes } = facts;
    const { calls, setUp } = statement;
    const command = commandOf(bench, statement);
    if (command !== undefined) return ofCommands[command.name] ?? "messages";
    const ofFunctions = [...setUp].filter((library) => !calls.some(({ callee }) => callee?.startsWith(`${library}.`)));
    if (ofFunctions.length > 0) return reachOfLibraries(ofFunctions) ?? "values";
    const roots = [
      ...calls.flatMap(({ callee }) => callee?.split(".", 1) ?? []),
      ...[...reads, ...changes].flatMap((name) => libraries.get(name) ?? []),
    ];
    if (keepsMessages(facts) || holdsOfNotebook(bench, facts, plain)) return "values";
    // A filter that makes errors of warnings decides what is computed.
    if (calls.some(({ node }) => node.args.some(isTheTextError))) return "values";
    return reachOfLibraries(roots) ?? touches.get(id) ?? (isDisplayOption(statement.node) ? "texts" : "values");
  };
}

/** True for a log that begins anew: `logging.basicConfig(filename="run.log", filemode="w")`. Begun twice, it has lost something. */
export function keepsMessages({ statement: { calls } }: Facts): boolean {
  return calls.some(
    ({ callee, node }) =>
      callee?.startsWith("logging.") === true &&
      node.keywords.some(
        ({ arg, value }) =>
          /^(?:file)?mode$/.test(arg?.name ?? "") && value.type === "Constant" && /^[wx]/.test(String(value.value)),
      ),
  );
}

/** True where messages go into something that the notebook can look at: `logging.basicConfig(stream=buffer)`. */
function holdsOfNotebook(bench: Bench, { id, reads }: Facts, plain: ReadonlySet<string>): boolean {
  return [...reads].some((name) => {
    const type = plain.has(name) ? undefined : bench.dataflow.valueAfter(id, name)?.type;
    return type !== undefined && !/^builtins\.(?:str|int|float|bool|NoneType)$/.test(type);
  });
}

/** What can notice settings of these libraries alone; `undefined` where that depends on the setting. */
function reachOfLibraries(libraries: readonly string[]): SettingReach | undefined {
  if (libraries.length === 0) return "values";
  if (libraries.every((one) => ofMessages.has(one))) return "messages";
  return libraries.every((one) => ofMessages.has(one) || ofFigures.has(one)) ? "figures" : undefined;
}

/** `pd.options.display.width = 100`. */
function isDisplayOption(node: ast.Stmt): boolean {
  if (node.type !== "Assign") return false;
  return node.targets.every((target) =>
    [...walk(target)].some(({ node: part }) => part.type === "Attribute" && part.attr.name === "display"),
  );
}

function isTheTextError(node: ast.Expr): boolean {
  return node.type === "Constant" && node.value === "error";
}

/** True where what a statement does or shows may be another with the setting than without it. */
export function notices({ statement: { node, calls }, reads }: Facts, reach: SettingReach): boolean {
  if (reach === "messages" || isImport(node) || isDefinition(node)) return false;
  const isSimple = node.type === "Assign" || node.type === "AugAssign" || node.type === "AnnAssign";
  const isQuiet = isSimple || (node.type === "Expr" && (node.value.type === "Constant" || calls[0]?.role === "save"));
  if (reach === "logs") return calls.some(mayLog);
  if (reach === "values") return !isQuiet || calls.length > 0 || reads.size > 0;
  if (calls.some(({ effect }) => effect === undefined) || looksAtSettings(node)) return true;
  if (reach === "texts") return !isQuiet || calls.some(({ text }) => makesText.test(text)) || formats(node);
  return calls.some(
    ({ effect, callee = "" }) =>
      effect?.state?.some(({ state }) => state === "figure") === true || ofFigures.has(callee.split(".", 1)[0] ?? ""),
  );
}

/** A call of the logging module, of a function of the notebook, or of what nothing is known of. */
function mayLog({ callee, effect }: CallSite): boolean {
  return effect === undefined || callee?.startsWith("logging.") === true || callee?.startsWith("notebook.") === true;
}

const settings = /^(?:rcParams|options|get_option|get_printoptions)$/;

/** True for `plt.rcParams["axes.prop_cycle"].by_key()` and `pd.get_option("display.width")`, which are values; not for what sets one. */
function looksAtSettings(node: ast.Stmt): boolean {
  return [...walk(node.type === "Assign" ? node.value : node)].some(
    ({ node: part }) =>
      (part.type === "Attribute" && settings.test(part.attr.name)) || (part.type === "Name" && part.id === "rcParams"),
  );
}

const makesText = /(?:^|\.)(?:str|repr|print|display|format|to_string|to_html|to_latex)$/;

/** True where there is a text with values in it: `f"{x}"`, `"%s" % x`. */
function formats(node: ast.Stmt): boolean {
  return [...walk(node)].some(
    ({ node: part }) =>
      part.type === "JoinedStr" || (part.type === "BinOp" && part.op === "%" && part.left.type === "Constant"),
  );
}
