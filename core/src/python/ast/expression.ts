import type { Arguments, Keyword } from "./arguments.ts";
import type { Identifier, Node } from "./node.ts";

export interface BoolOp extends Node {
  readonly type: "BoolOp";
  readonly op: "and" | "or";
  readonly values: readonly Expr[];
}

export interface NamedExpr extends Node {
  readonly type: "NamedExpr";
  readonly target: Name;
  readonly value: Expr;
}

export interface BinOp extends Node {
  readonly type: "BinOp";
  readonly left: Expr;
  readonly op: string;
  readonly right: Expr;
}

export interface UnaryOp extends Node {
  readonly type: "UnaryOp";
  readonly op: "not" | "-" | "+" | "~";
  readonly operand: Expr;
}

export interface Lambda extends Node {
  readonly type: "Lambda";
  readonly args: Arguments;
  readonly body: Expr;
}

export interface IfExp extends Node {
  readonly type: "IfExp";
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}

export interface Dict extends Node {
  readonly type: "Dict";
  /** `undefined` for a `**value`. */
  readonly keys: readonly (Expr | undefined)[];
  readonly values: readonly Expr[];
}

export interface Display extends Node {
  readonly type: "Set" | "List" | "Tuple";
  readonly elts: readonly Expr[];
}

export interface Comp extends Node {
  readonly type: "ListComp" | "SetComp" | "GeneratorExp";
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}

export interface DictComp extends Node {
  readonly type: "DictComp";
  readonly key: Expr;
  readonly value: Expr;
  readonly generators: readonly Comprehension[];
}

export interface Comprehension extends Node {
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
  readonly is_async: boolean;
}

export interface Await extends Node {
  readonly type: "Await" | "YieldFrom";
  readonly value: Expr;
}

export interface Yield extends Node {
  readonly type: "Yield";
  readonly value?: Expr;
}

export interface Compare extends Node {
  readonly type: "Compare";
  readonly left: Expr;
  readonly ops: readonly string[];
  readonly comparators: readonly Expr[];
}

export interface Call extends Node {
  readonly type: "Call";
  readonly func: Expr;
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
}

/**
 * An f-string, or a t-string (PEP 750): literal pieces (`Constant` of kind `str`) and replacement fields. Those of a
 * t-string are called `Interpolation` in CPython.
 */
export interface JoinedStr extends Node {
  readonly type: "JoinedStr" | "TemplateStr";
  readonly values: readonly (Constant | FormattedValue)[];
}

export interface FormattedValue extends Node {
  readonly type: "FormattedValue";
  readonly value: Expr;
  readonly conversion?: string;
  readonly format_spec?: JoinedStr;
}

/**
 * A literal. `value` is what it denotes: numbers as JavaScript numbers where they fit exactly (`bigint` for larger
 * integers), text for `str`. Adjacent string literals are one constant, as in CPython.
 */
export interface Constant extends Node {
  readonly type: "Constant";
  readonly kind: "int" | "float" | "complex" | "str" | "bytes" | "bool" | "none" | "ellipsis";
  readonly value: string | number | bigint | boolean | null;
}

export interface Attribute extends Node {
  readonly type: "Attribute";
  readonly value: Expr;
  readonly attr: Identifier;
}

export interface Subscript extends Node {
  readonly type: "Subscript";
  readonly value: Expr;
  readonly slice: Expr;
}

export interface Starred extends Node {
  readonly type: "Starred";
  readonly value: Expr;
}

export interface Name extends Node {
  readonly type: "Name";
  readonly id: string;
}

export interface Slice extends Node {
  readonly type: "Slice";
  readonly lower?: Expr;
  readonly upper?: Expr;
  readonly step?: Expr;
}

/** An expression that could not be parsed. */
export interface InvalidExpr extends Node {
  readonly type: "InvalidExpr";
  /** Whatever could be recognised inside. */
  readonly parts: readonly Expr[];
}

export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | Display
  | Comp
  | DictComp
  | Await
  | Yield
  | Compare
  | Call
  | JoinedStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | Slice
  | InvalidExpr;
