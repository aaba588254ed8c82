import type { Arguments, Keyword, TypeParam } from "./arguments.ts";
import type { Expr, Name } from "./expression.ts";
import type { Identifier, Node } from "./node.ts";
import type { Match } from "./pattern.ts";

export interface FunctionDef extends Node {
  readonly type: "FunctionDef" | "AsyncFunctionDef";
  readonly name: Identifier;
  readonly args: Arguments;
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
  readonly returns?: Expr;
  readonly type_params: readonly TypeParam[];
}

export interface ClassDef extends Node {
  readonly type: "ClassDef";
  readonly name: Identifier;
  readonly bases: readonly Expr[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
  readonly type_params: readonly TypeParam[];
}

export interface Return extends Node {
  readonly type: "Return";
  readonly value?: Expr;
}

export interface Delete extends Node {
  readonly type: "Delete";
  readonly targets: readonly Expr[];
}

export interface Assign extends Node {
  readonly type: "Assign";
  readonly targets: readonly Expr[];
  readonly value: Expr;
}

export interface AugAssign extends Node {
  readonly type: "AugAssign";
  readonly target: Expr;
  /** Without the equals sign: `+`, `//`, `@`. */
  readonly op: string;
  readonly value: Expr;
}

export interface AnnAssign extends Node {
  readonly type: "AnnAssign";
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value?: Expr;
}

export interface TypeAlias extends Node {
  readonly type: "TypeAlias";
  readonly name: Name;
  readonly type_params: readonly TypeParam[];
  readonly value: Expr;
}

export interface For extends Node {
  readonly type: "For" | "AsyncFor";
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}

export interface While extends Node {
  readonly type: "While";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}

/** `elif` is an `If` alone in `orelse`, as in CPython. */
export interface If extends Node {
  readonly type: "If";
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}

export interface With extends Node {
  readonly type: "With" | "AsyncWith";
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
}

export interface WithItem extends Node {
  readonly context_expr: Expr;
  readonly optional_vars?: Expr;
}

export interface Raise extends Node {
  readonly type: "Raise";
  readonly exc?: Expr;
  readonly cause?: Expr;
}

export interface Try extends Node {
  readonly type: "Try" | "TryStar";
  readonly body: readonly Stmt[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}

export interface ExceptHandler extends Node {
  readonly exceptionType?: Expr;
  readonly name?: Identifier;
  readonly body: readonly Stmt[];
}

export interface Assert extends Node {
  readonly type: "Assert";
  readonly test: Expr;
  readonly msg?: Expr;
}

export interface Import extends Node {
  readonly type: "Import";
  readonly names: readonly Alias[];
}

export interface ImportFrom extends Node {
  readonly type: "ImportFrom";
  /** Without leading dots; absent in `from . import x`. */
  readonly module?: string;
  /** How many leading dots. */
  readonly level: number;
  /** One alias named `*` for a star import. */
  readonly names: readonly Alias[];
}

export interface Alias extends Node {
  /** Dotted. */
  readonly name: string;
  readonly asname?: Identifier;
}

export interface Global extends Node {
  readonly type: "Global" | "Nonlocal";
  readonly names: readonly Identifier[];
}

export interface ExprStmt extends Node {
  readonly type: "Expr";
  readonly value: Expr;
}

export interface Simple extends Node {
  readonly type: "Pass" | "Break" | "Continue";
}

/** Text that is not Python: the parser's recovery stepped over it. Names in it may have been read or bound. */
export interface Invalid extends Node {
  readonly type: "Invalid";
  readonly message: string;
  /** The names that stand in it. */
  readonly parts: readonly Expr[];
}

export type Stmt =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AugAssign
  | AnnAssign
  | TypeAlias
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | ExprStmt
  | Simple
  | Invalid;
