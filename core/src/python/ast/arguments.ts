import type { Expr } from "./expression.ts";
import type { Identifier, Node } from "./node.ts";

export interface Arguments extends Node {
  readonly posonlyargs: readonly Arg[];
  readonly args: readonly Arg[];
  readonly vararg?: Arg;
  readonly kwonlyargs: readonly Arg[];
  readonly kwarg?: Arg;
}

export interface Arg extends Node {
  readonly arg: Identifier;
  readonly annotation?: Expr;
  /** The default stands with its argument, not in a list of its own as in CPython. */
  readonly default?: Expr;
}

export interface TypeParam extends Node {
  readonly name: Identifier;
  readonly bound?: Expr;
  readonly default_value?: Expr;
}

export interface Keyword extends Node {
  /** Absent for `**value`. */
  readonly arg?: Identifier;
  readonly value: Expr;
}
