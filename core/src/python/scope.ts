import type { ClassDef, Comp, DictComp, FunctionDef, Lambda, Module } from "./ast.ts";

/** A block of names, with what CPython's `symtable` says of each (https://docs.python.org/3/library/symtable.html). */
export interface Scope {
  readonly kind: "module" | "function" | "lambda" | "class" | "comprehension" | "type-parameters";
  /** The name of the function or class; `top`, `lambda`, `genexpr` for the others. */
  readonly name: string;
  readonly node: Module | FunctionDef | Lambda | ClassDef | Comp | DictComp;
  readonly names: ReadonlyMap<string, NameInScope>;
  readonly children: readonly Scope[];
}

export interface NameInScope {
  /**
   * Where the name lives: `local` here; `cell` here, and read by a scope inside; `free` in a function around this one;
   * `global` in the module (`declaredGlobal` by a `global` statement) or in the builtins.
   */
  readonly home: "local" | "cell" | "free" | "global";
  readonly isParameter: boolean;
  readonly isAssigned: boolean;
  readonly isImported: boolean;
  readonly isReferenced: boolean;
  readonly declaredGlobal: boolean;
  readonly declaredNonlocal: boolean;
  readonly isAnnotated: boolean;
}
