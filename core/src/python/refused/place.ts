import type { Comprehension, Expr, FunctionDef, Lambda } from "../ast.ts";
import { children, type TypedNode } from "../walk.ts";

/** What a node stands in, as far as the compiler asks. */
export interface Place {
  /** The innermost block whose code it is. */
  readonly block: "module" | "class" | "function" | "lambda" | "comprehension";
  readonly function: FunctionDef | Lambda | undefined;
  /** `await` can stand here. */
  readonly isAsync: boolean;
  readonly isInLoop: boolean;
  /** In the handler of an `except*`, and in no loop or function of its own there. */
  readonly isInStarHandler: boolean;
  /** In such a handler, whatever loop is around. */
  readonly cannotReturn: boolean;
  /** Names that the comprehensions around it go through. */
  readonly iterated: ReadonlySet<string>;
  /** In what a comprehension goes through. */
  readonly isIterable: boolean;
  /** The block that a walrus here binds in is a class's, from a comprehension. */
  readonly bindsInClass: boolean;
}

export const topLevel: Place = {
  block: "module",
  function: undefined,
  isAsync: true,
  isInLoop: false,
  isInStarHandler: false,
  cannotReturn: false,
  iterated: new Set(),
  isIterable: false,
  bindsInClass: false,
};

/** A node directly below another, with what is different about its place. */
export interface Inside {
  readonly node: TypedNode;
  readonly change?: (place: Place) => Place;
}

/** The place of a node below one at `place`. */
export function around(place: Place, { change }: Inside): Place {
  return change === undefined ? place : change(place);
}

/** The nodes directly below a node. */
export function below(node: TypedNode): readonly Inside[] {
  switch (node.type) {
    case "Name":
    case "Constant":
      return [];
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "Lambda":
      return ofBody(node, node.type === "Lambda" ? [node.body] : node.body, ({ isIterable }) => ({
        ...topLevel,
        block: node.type === "Lambda" ? "lambda" : "function",
        function: node,
        isAsync: node.type === "AsyncFunctionDef",
        isIterable,
      }));
    case "ClassDef":
      return ofBody(node, node.body, () => ({ ...topLevel, block: "class", isAsync: false }));
    case "For":
    case "AsyncFor":
    case "While":
      return ofBody(node, node.body, (place) => ({ ...place, isInLoop: true, isInStarHandler: false }));
    case "TryStar":
      return ofBody(
        node,
        node.handlers.flatMap(({ body }) => body),
        (place) => ({ ...place, isInStarHandler: true, cannotReturn: true }),
      );
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
      return ofComprehension(node.generators, [node.elt], node.type === "GeneratorExp");
    case "DictComp":
      return ofComprehension(node.generators, [node.key, node.value], false);
    default:
      return children(node).map((inside) => ({ node: inside }));
  }
}

/** What stands in the body of a node has another place than what else stands below it. */
function ofBody(node: TypedNode, body: readonly TypedNode[], change: (place: Place) => Place): readonly Inside[] {
  const inside = new Set<TypedNode>(body);
  return children(node).map((one) => (inside.has(one) ? { node: one, change } : { node: one }));
}

function ofComprehension(
  generators: readonly Comprehension[],
  results: readonly Expr[],
  isGenerator: boolean,
): readonly Inside[] {
  const names = generators.flatMap(({ target }) => namesIn(target));
  const within = (place: Place): Place => ({
    ...place,
    block: "comprehension",
    isAsync: place.isAsync || isGenerator,
    iterated: new Set([...place.iterated, ...names]),
    bindsInClass: place.block === "class" || place.bindsInClass,
  });
  const iterable = (place: Place): Place => ({ ...place, isIterable: true });
  return [
    ...generators.flatMap(({ target, iter, ifs }, at): Inside[] => [
      { node: target, change: within },
      { node: iter, change: at === 0 ? iterable : (place) => iterable(within(place)) },
      ...ifs.map((test) => ({ node: test, change: within })),
    ]),
    ...results.map((result) => ({ node: result, change: within })),
  ];
}

/** The names that a target binds. */
export function namesIn(target: Expr): readonly string[] {
  const names: string[] = [];
  const waiting = [target];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === "Name") names.push(next.id);
    else if (next.type === "Starred") waiting.push(next.value);
    else if (next.type === "Tuple" || next.type === "List") waiting.push(...next.elts);
  }
  return names;
}
