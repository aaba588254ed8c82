import type { Dataflow } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import { indexOf } from "../document-index.ts";
import { analysedCell } from "../record.ts";
import { StepReader, type TableFunctions } from "./table-step-reader.ts";
import { isSameAgain, type TableStep } from "./table-steps.ts";

/** A function of the notebook, with the text that its places are in. */
interface OwnFunction {
  readonly node: ast.FunctionDef;
  readonly python: string;
}

const known = new WeakMap<Dataflow, RepeatableFunctions>();

/** The functions of a notebook that neither change nor bind anything but their arguments. */
export function functionsOf(document: Dataflow): RepeatableFunctions {
  const functions = known.get(document) ?? new RepeatableFunctions(ownFunctions(document));
  known.set(document, functions);
  return functions;
}

function* ownFunctions(document: Dataflow): Generator<readonly [string, OwnFunction]> {
  for (const { name, node, statement, freeChanges, freeBinds, opaque } of document.definitions) {
    if (!isFunction(node) || opaque || freeChanges.length + freeBinds.length > 0) continue;
    const cell = indexOf(document).statement(statement)?.cell;
    const python = cell === undefined ? undefined : analysedCell(document, cell)?.translation.python;
    if (python !== undefined) yield [name, { node, python }];
  }
}

/** How deeply functions that call one another are looked into. */
const deepest = 5;

/** The functions of a notebook, as far as doing them to their own result is the same as doing them once. */
export class RepeatableFunctions implements TableFunctions {
  readonly #functions = new Map<string, OwnFunction | undefined>();
  readonly #judged = new Map<string, boolean>();

  constructor(functions: Iterable<readonly [name: string, OwnFunction]>) {
    // What a name means that is defined twice depends on when.
    for (const [name, own] of functions) this.#functions.set(name, this.#functions.has(name) ? undefined : own);
  }

  /** Whether there is a function of this name. */
  has(name: string): boolean {
    return this.#functions.has(name);
  }

  /** Whether `x = f(x)` can be done again, `x` being the argument at this place or of this name. */
  isRepeatable(name: string, argument: number | string): boolean {
    const key = `${name} ${argument}`;
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const steps = this.stepsOf(name, argument, 0);
    const judged = steps !== undefined && isSameAgain(steps);
    this.#judged.set(key, judged);
    return judged;
  }

  /** Whether `name = value` can be done again, `value` being made of what the name holds. */
  isUpdate(python: string, value: ast.Expr, name: string): boolean {
    const steps = new StepReader(this, python, name, 0).chain(value);
    return steps !== undefined && isSameAgain(steps);
  }

  /** What a function does to one of its arguments, which it gives back; nothing where it may be something else. */
  stepsOf(name: string, argument: number | string, depth: number): readonly TableStep[] | undefined {
    const own = this.#functions.get(name);
    if (own === undefined || depth > deepest) return undefined;
    const { posonlyargs, args, kwonlyargs } = own.node.args;
    const parameter =
      typeof argument === "number"
        ? [...posonlyargs, ...args][argument]
        : [...args, ...kwonlyargs].find(({ arg }) => arg.name === argument);
    if (parameter === undefined || own.node.body.at(-1)?.type !== "Return") return undefined;
    return new StepReader(this, own.python, parameter.arg.name, depth).block(own.node.body);
  }
}
