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

interface Node {
  readonly start: number;
  readonly end: number;
}

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

/** Statements. */

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

export interface Match extends Node {
  readonly type: "Match";
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase extends Node {
  readonly pattern: Pattern;
  readonly guard?: Expr;
  readonly body: readonly Stmt[];
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

/** Expressions. */

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

export interface Keyword extends Node {
  /** Absent for `**value`. */
  readonly arg?: Identifier;
  readonly value: Expr;
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

/** Smaller parts. */

/** A name where it is not an expression: of a definition, an attribute, an argument. */
export interface Identifier extends Node {
  readonly name: string;
}

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

export type Pattern =
  | (Node & { readonly type: "MatchValue"; readonly value: Expr })
  | (Node & { readonly type: "MatchSequence"; readonly patterns: readonly Pattern[] })
  | (Node & {
      readonly type: "MatchMapping";
      readonly keys: readonly Expr[];
      readonly patterns: readonly Pattern[];
      readonly rest?: Identifier;
    })
  | (Node & {
      readonly type: "MatchClass";
      readonly cls: Expr;
      readonly patterns: readonly Pattern[];
      readonly kwd_patterns: readonly { readonly attr: Identifier; readonly pattern: Pattern }[];
    })
  | (Node & { readonly type: "MatchStar"; readonly name?: Identifier })
  | (Node & { readonly type: "MatchAs"; readonly pattern?: Pattern; readonly name?: Identifier })
  | (Node & { readonly type: "MatchOr"; readonly patterns: readonly Pattern[] });

/** Parses Python. Never throws and never hangs, whatever the text. */
export interface PythonParser {
  parse(text: string): Module;
}
