import type { Node } from "./ast/node.ts";
import type { Stmt } from "./ast/statement.ts";

export type * from "./ast/arguments.ts";
export type * from "./ast/expression.ts";
export type { Identifier } from "./ast/node.ts";
export type * from "./ast/pattern.ts";
export type * from "./ast/statement.ts";

/**
 * Python's abstract syntax, with the node and field names of CPython's `ast` module
 * (https://docs.python.org/3/library/ast.html), whatever parser stands beneath.
 *
 * `start` and `end` are UTF-16 offsets into the text that was parsed, `end` excluded. What could not be parsed becomes
 * an `Invalid` statement, so that the statements around it are still there.
 *
 * Differences from CPython: a decorated definition starts at its first decorator; `\N{...}` stays as written in the
 * value of a string; and what is nested more than some hundred levels deep is an `InvalidExpr` with the names in it
 * (no problem in `errors`: it is only not followed), so that code that recurses over a tree cannot overflow the stack.
 */
export interface Module extends Node {
  readonly type: "Module";
  readonly body: readonly Stmt[];
  readonly errors: readonly SyntaxProblem[];
  readonly comments: readonly Comment[];
}

export interface SyntaxProblem extends Node {
  readonly message: string;
}

export interface Comment extends Node {
  /** With its `#`. */
  readonly text: string;
}

/** Parses Python. Never throws and never hangs, whatever the text. */
export interface PythonParser {
  parse(text: string): Module;
}
