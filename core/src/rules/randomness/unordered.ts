import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { type CellCode, inCode } from "../clue.ts";
import { type Facts, noteAt, rule } from "../rule.ts";

/** Listings of a folder, whose order is the file system's. */
const listings = new Set([
  "os.listdir",
  "os.scandir",
  "glob.glob",
  "glob.iglob",
  "pathlib.Path.glob",
  "pathlib.Path.rglob",
  "pathlib.Path.iterdir",
]);

/** Functions to which the order of what they are given means nothing. */
const orderless = new Set(["sorted", "len", "set", "frozenset", "sum", "min", "max", "any", "all", "Counter"]);

/** Functions that turn a set into something with an order. */
const ordering = new Set(["list", "tuple", "enumerate"]);

export const unordered = rule("NB205", ({ document }) => sequences(document));

const sequences = inCode(function* (cell): Generator<Facts> {
  const { python } = cell.translation;
  if (!/listdir|scandir|glob|iterdir|\bset\s*\(/.test(python)) return;
  const free = orderlessNodes(cell);
  for (const { callee, node } of cell.statements.flatMap(({ calls }) => calls)) {
    if (callee !== undefined && listings.has(callee) && !free.has(node)) yield listing(cell, node);
  }
  for (const { node } of walk(cell.module)) {
    if (node.type !== "Call" || free.has(node) || !ordering.has(nameOf(node.func))) continue;
    const [made] = node.args;
    if (made?.type === "Call" && nameOf(made.func) === "set" && made.args.length === 1) yield ofSet(cell, node);
  }
});

function listing(cell: CellCode, node: ast.Call): Facts {
  const text = cell.translation.python.slice(node.func.start, node.func.end);
  return {
    ...noteAt(cell, node, text),
    message:
      `\`${text}\` lists files in the order of the file system, which is another on another machine: ` +
      "rows that are put together from them come in another order, and a split or a head() takes others. Put sorted(...) around it.",
    predicts: "another order of the files on another machine",
  };
}

function ofSet(cell: CellCode, node: ast.Call): Facts {
  const text = `${nameOf(node.func)}(set(...))`;
  return {
    ...noteAt(cell, node, text),
    message:
      `\`${text}\` gives texts in another order in every process, since Python hashes them with a new key each time: ` +
      "numbers given to them by their place change from run to run. Write sorted(set(...)), or dict.fromkeys(...) to keep the order of the data.",
    predicts: "another order in every run, where the elements are texts",
  };
}

/** Everything inside of a call, or below a `.sort()` or comparison, for which the order means nothing. */
function orderlessNodes({ module, translation: { python } }: CellCode): ReadonlySet<object> {
  const free = new Set<object>();
  const release = (root: ast.Expr): void => {
    // Calls in calls are walked once.
    if (free.has(root)) return;
    for (const { node } of walk(root)) free.add(node);
  };
  const sorted = new Set([...python.matchAll(/\b(\w+)\.sort\(/g)].map((match) => match[1]));
  for (const { node } of walk(module)) {
    if (node.type === "Call" && orderless.has(nameOf(node.func))) node.args.forEach(release);
    else if (node.type === "Compare") for (const operand of node.comparators) release(operand);
    else if (node.type === "SetComp") release(node);
    else if (node.type === "Expr") release(node.value);
    else if (node.type === "Assign") {
      const [target] = node.targets;
      if (target?.type === "Name" && sorted.has(target.id)) release(node.value);
    }
  }
  return free;
}

function nameOf(node: ast.Expr): string {
  return node.type === "Name" ? node.id : node.type === "Attribute" ? node.attr.name : "";
}
