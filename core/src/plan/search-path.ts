import type * as ast from "../python/ast.ts";
import { isSearchPath } from "../python/search-path.ts";
import { type Bench, open } from "./bench.ts";
import { type Facts, needs } from "./facts.ts";
import { assignedName } from "./statement-kinds.ts";

/** True for a statement that only adds folders to `sys.path`, also where it first looks whether one is there. */
export function addsToSearchPath(node: ast.Stmt): boolean {
  if (node.type === "If") return node.orelse.length === 0 && node.body.every(addsToSearchPath);
  if (node.type !== "Expr" || node.value.type !== "Call" || node.value.func.type !== "Attribute") return false;
  const { attr, value } = node.value.func;
  return (attr.name === "append" || attr.name === "insert") && isSearchPath(value);
}

/**
 * The statements that a project has no use for which brings along all modules that they lead to: what adds folders to
 * `sys.path`, and names of these folders that nothing else reads. None where modules may be asked for by what no code tells.
 */
export function searchPathStatements(bench: Bench): readonly Facts[] {
  if (bench.analysis.ownModules?.areComplete !== true) return [];
  const all = open(bench);
  const found = new Set(all.filter(({ statement }) => addsToSearchPath(statement.node)));
  if (found.size === 0 || all.some(asksByName)) return [];
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const facts of all) if (!found.has(facts) && servesOnly(facts, found, all)) found.add(facts);
  }
  return [...found];
}

/** Calls that import what a text or a file names, or may. */
const byName =
  /^(?:importlib|runpy|pkgutil)\.|^builtins\.(?:__import__|exec|eval)$|(?:^|\.)(?:load|loads|read_pickle|Unpickler)$/;

/** What they read names no modules. */
const plainData = /^(?:json|yaml|toml\w*|csv)\./;

function asksByName({ statement: { calls } }: Facts): boolean {
  return calls.some(({ callee, text }) => byName.test(callee ?? text) && !plainData.test(callee ?? text));
}

/** `root = Path.cwd().parent`, where only those statements read the name. */
function servesOnly(
  { id, statement, binds, changes }: Facts,
  found: ReadonlySet<Facts>,
  all: readonly Facts[],
): boolean {
  const name = assignedName(statement.node)?.target.id;
  if (name === undefined || binds.size !== 1 || changes.size > 0) return false;
  if (statement.calls.some(({ effect }) => effect === undefined || effect.changes.length > 0)) return false;
  const readers = all.filter((facts) => facts.id !== id && (needs(facts).has(name) || facts.binds.has(name)));
  return readers.length > 0 && readers.every((facts) => found.has(facts));
}
