import type { ClassDef, Comp, DictComp, FunctionDef, Lambda, Module, TypeAlias } from "./ast.ts";

/** A block of names, with what CPython's `symtable` says of each (https://docs.python.org/3/library/symtable.html). */
export interface Scope {
  readonly kind:
    | "module"
    | "function"
    | "lambda"
    | "class"
    | "comprehension"
    /** Around a function, class or alias that has type parameters. */
    | "type-parameters"
    /** The bound or the default of a type parameter. */
    | "type-variable"
    /** What a type alias stands for. */
    | "type-alias";
  /** The name of the function, class, alias or type variable; `top`, `lambda`, `genexpr` for the others. */
  readonly name: string;
  readonly node: Module | FunctionDef | Lambda | ClassDef | Comp | DictComp | TypeAlias;
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
