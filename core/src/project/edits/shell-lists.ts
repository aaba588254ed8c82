import type { Dataflow, NameValue } from "../../dataflow/model.ts";
import { walk } from "../../python/walk.ts";

/** What IPython's list of lines has and a list has not (IPython.utils.text.SList). */
const own: ReadonlySet<string> = new Set([
  "l",
  "list",
  "get_list",
  "s",
  "spstr",
  "get_spstr",
  "n",
  "nlstr",
  "get_nlstr",
  "p",
  "paths",
  "get_paths",
  "grep",
  "fields",
]);

const answers = new WeakMap<Dataflow, boolean>();

/**
 * Whether what a command printed is used as more than a list (`files = !ls`, `files.s`). By the attributes' names alone:
 * a list too many that can do more harms nobody.
 */
export function usesShellLists(dataflow: Dataflow): boolean {
  let answer = answers.get(dataflow);
  if (answer === undefined) {
    answer = dataflow.cells.some(keepsOutput) && dataflow.cells.some(asksMoreOfAList);
    answers.set(dataflow, answer);
  }
  return answer;
}

/** Whether a value may be IPython's own list: one of a command's lines, where more than a list is asked of some. */
export function isShellList(dataflow: Dataflow, { definedBy }: Pick<NameValue, "definedBy">): boolean {
  if (!usesShellLists(dataflow)) return false;
  const made = new Set(definedBy);
  return dataflow.statements.some(
    ({ id, calls }) => made.has(id) && calls.some(({ callee }) => callee === "IPython.InteractiveShell.getoutput"),
  );
}

function keepsOutput({ translation }: Dataflow["cells"][number]): boolean {
  return translation.commands.some(({ meaning }) => meaning === "shell") && /\bgetoutput\b/.test(translation.python);
}

function asksMoreOfAList({ module }: Dataflow["cells"][number]): boolean {
  return walk(module).some(
    ({ node }) =>
      node.type === "Attribute" && own.has(node.attr.name) && ["Name", "Call", "Subscript"].includes(node.value.type),
  );
}
