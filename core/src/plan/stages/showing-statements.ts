import type { CallSite, Statement } from "../../dataflow/model.ts";
import type { Role } from "../../effects/effect.ts";
import { isDefinition } from "../../python/definition.ts";
import { lacks } from "../../rules/condition.ts";
import { at, type Bench } from "../bench.ts";
import { commandsIn } from "../command-statements.ts";
import type { Facts } from "../facts.ts";

const showing: ReadonlySet<Role> = new Set(["explore", "plot"]);

/** Work that a statement which only shows something does not do. */
const working: ReadonlySet<Role> = new Set([
  "load",
  "split",
  "fit",
  "fit-transform",
  "search",
  "make-model",
  "score",
  "seed",
]);

/** Work that is done for its result: a statement that binds such a result is not there to show it. */
const resulting: ReadonlySet<Role> = new Set(["predict"]);

/** Calls that show something, whatever the effect tables say. */
const showingCalls = /(^|\.)(print|display|pprint|show|imshow)$/;

/** Draws, or shows a table; not what only prints. */
export function looksAt({ statement: { calls } }: Facts): boolean {
  return calls.some(({ role, text }) => role !== undefined && showing.has(role) && !showingCalls.test(text));
}

/** True for an assignment that computes something and does nothing else, and no work of a pipeline. */
export function onlyComputes({ statement, deletes }: Facts): boolean {
  const { calls } = statement;
  const { type } = statement.node;
  if (deletes.size > 0 || (type !== "Assign" && type !== "AnnAssign" && type !== "AugAssign")) return false;
  return calls.every(
    ({ node, role, effect }) =>
      effect?.changes.every(({ when }) => lacks(node, effect, when)) &&
      (effect.state ?? []).every(({ use }) => use !== "change") &&
      (role === undefined || !(working.has(role) || resulting.has(role))),
  );
}

/** Names of modules that draw on the current figure. */
export function drawingNames(bench: Bench): ReadonlySet<string> {
  const own = bench.analysis.ownModules?.drawing;
  const names = at(bench, "import").flatMap(({ statement: { node } }) => {
    if (node.type !== "Import" && node.type !== "ImportFrom") return [];
    const from = node.type === "ImportFrom" ? `${node.module ?? ""}.` : "";
    const drawing = node.names
      .map((alias) => ({ ...alias, module: `${from}${alias.name}` }))
      .filter(({ module }) => /^(matplotlib\.pyplot|pylab|seaborn)\b/.test(module) || own?.has(firstName(module)));
    return drawing.map(({ name, asname }) => asname?.name ?? firstName(name));
  });
  return new Set(names);
}

function firstName(module: string): string {
  return module.split(".", 1)[0] as string;
}

/** True where a statement, or a function that it calls, draws on the current figure. */
export function touchesFigure({ reads, statement }: Facts, drawing: ReadonlySet<string>): boolean {
  return statement.calls.some(draws) || [...reads].some((name) => drawing.has(name));
}

/** It draws, or its name says so where nothing is known of it: `table.plot()` of a library without a table of effects. */
function draws({ role, effect, callee, text }: CallSite): boolean {
  if (role === "plot") return true;
  return effect === undefined && callee?.startsWith("notebook.") !== true && drawingCalls.test(text);
}

const drawingCalls = /(^|[._])(plot|hist|scatter|bar|barh|boxplot|heatmap|imshow|draw)(_\w+)?$|\.plot\.\w+$/;

/** True for a statement that does no work as far as its own calls tell. `drawn` are names of what plots made. */
export function couldBeExploration(
  bench: Bench,
  { statement, binds, deletes }: Facts,
  drawn: ReadonlySet<string>,
): boolean {
  const { node, calls } = statement;
  if (deletes.size > 0 || isDefinition(node)) return false;
  if (calls.some(({ role }) => role !== undefined && working.has(role))) return false;
  const made = new Set(binds.keys());
  if (!calls.every((call) => isHarmless(call, made, drawn))) return false;
  if (node.type === "Expr")
    return node.value.type !== "Await" && node.value.type !== "Yield" && commandsIn(bench, statement).length === 0;
  if (calls.some(({ role }) => role !== undefined && resulting.has(role))) return false;
  return calls.some(isShowing) && (binds.size === 0 || node.type !== "AugAssign");
}

const plotting =
  /^(matplotlib|seaborn|plotly|IPython|builtins|notebook\.\w*(plot|show|draw|display|print|describe)\w*$)/i;

/**
 * A call that does nothing but show or answer: it is known, answers something or draws, and changes no state of the
 * process but figures. What is not known may write a file or send a message.
 */
function isHarmless(call: CallSite, made: ReadonlySet<string>, drawn: ReadonlySet<string>): boolean {
  const { effect, callee, receiver } = call;
  if (isShowing(call) || (callee !== undefined && plotting.test(callee))) return true;
  if (receiver !== undefined && (made.has(receiver) || drawn.has(receiver))) return true;
  if (effect === undefined) return false;
  if (effect.state?.some(({ use, state }) => use === "change" && state !== "figure")) return false;
  return effect.returns.kind !== "none" || effect.changes.length > 0;
}

function isShowing({ role, text }: CallSite): boolean {
  return (role !== undefined && showing.has(role)) || showingCalls.test(text);
}

/** True where what a statement writes may be a figure. */
export function writesFigure({ calls }: Statement): boolean {
  return calls.some(({ callee, text }) => callee?.startsWith("matplotlib.") === true || /(^|\.)savefig$/.test(text));
}
