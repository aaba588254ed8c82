import type * as ast from "../../python/ast.ts";
import { type BlockNames, namesOfBlock, namesOfFunction } from "../../python/scopes.ts";
import type { TypedNode } from "../../python/walk.ts";
import { childrenOf } from "../statements/children.ts";

/** The names of a function's body, by where they live. */
export interface BodyNames extends BlockNames {
  /** Every name that stands in it, in functions inside it too. */
  readonly mentioned: ReadonlySet<string>;
}

const known = new WeakMap<object, BodyNames>();

/** Which names a function binds itself (its parameters and whatever its body assigns), and which it declares elsewhere. */
export function localNames(node: ast.FunctionDef | ast.Lambda): BodyNames {
  let names = known.get(node);
  if (names === undefined) {
    const mentioned = mentionedNames(node.type === "Lambda" ? [node.body] : node.body);
    names = { ...namesOfFunction(node), mentioned };
    known.set(node, names);
  }
  return names;
}

/** Every name in a piece of syntax, functions inside it included; does not recurse, however deep it is. */
export function mentionedNames(nodes: readonly object[]): ReadonlySet<string> {
  const names = new Set<string>();
  const stack = [...nodes];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const one = node as Partial<ast.Name>;
    if (one.type === "Name" && one.id !== undefined) names.add(one.id);
    for (const child of childrenOf(node)) stack.push(child);
  }
  return names;
}

/** Names that a piece of syntax may bind in its own block. */
export function boundNames(nodes: readonly TypedNode[]): ReadonlySet<string> {
  return namesOfBlock(nodes).locals;
}
