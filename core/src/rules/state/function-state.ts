import type { Dataflow, NotebookDefinition, Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { cellList } from "../../text/cell-list.ts";
import { indexOf } from "../document-index.ts";
import type { Facts } from "../rule.ts";

type Calls = ReadonlyMap<string, readonly Statement[]>;

/** What a function keeps from the moment of its definition: defaults that its calls change. */
export function* functionState(document: Dataflow, calls: Calls): Generator<Facts> {
  for (const definition of document.definitions) {
    const { node, kind, name } = definition;
    const callers = calls.get(`notebook.${name}`) ?? [];
    if (kind !== "function" || node.type === "ClassDef" || callers.length === 0) continue;
    for (const arg of [...node.args.posonlyargs, ...node.args.args, ...node.args.kwonlyargs]) {
      const facts = collecting(document, definition, arg, callers);
      if (facts !== undefined) yield facts;
    }
  }
}

const isContainer = (node: ast.Expr | undefined): boolean =>
  node !== undefined &&
  (["List", "Dict", "Set"].includes(node.type) ||
    (node.type === "Call" &&
      node.func.type === "Name" &&
      /^(?:list|dict|set|defaultdict|Counter|deque)$/.test(node.func.id)));

/** `def remember(x, seen=[]): seen.append(x)` */
function collecting(
  document: Dataflow,
  { name, statement, changesParameters }: NotebookDefinition,
  { arg, default: value }: ast.Arg,
  callers: readonly Statement[],
): Facts | undefined {
  const plain = callers.filter((caller) => !gives(caller, name, arg.name));
  const own = indexOf(document).statement(statement);
  if (!isContainer(value) || !changesParameters.includes(arg.name) || plain.length < 2 || own === undefined)
    return undefined;
  return {
    tier: "hint",
    severity: "info",
    cell: own.cell,
    range: own.range,
    subject: name,
    message:
      `\`${name}\` changes its default \`${arg.name}\`, which is made once, when the function is defined: what one call leaves in it the next one finds ` +
      `(called in ${cellList(plain.map(({ cell }) => cell))}), and running a cell again adds to it. Write ${arg.name}=None and make it in the body, or hand it over.`,
    predicts: `\`${name}\` gives something else when a cell that calls it runs twice`,
    evidence: plain
      .slice(0, 2)
      .map(({ cell, range }) => ({ cell, range, message: `calls \`${name}\` without \`${arg.name}\`` })),
  };
}

/** Whether a call says the parameter by name, or has so many arguments that it may. */
function gives({ calls }: Statement, name: string, parameter: string): boolean {
  return calls.some(
    ({ callee, node }) =>
      callee === `notebook.${name}` &&
      (node.keywords.some(({ arg }) => arg === undefined || arg.name === parameter) ||
        node.args.length > 1 ||
        node.args.some(({ type }) => type === "Starred")),
  );
}
