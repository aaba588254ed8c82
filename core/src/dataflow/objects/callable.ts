import type * as ast from "../../python/ast.ts";
import { isSame } from "../incremental/journal.ts";
import type { Frame } from "../names/frame.ts";
import type { AbstractObject } from "./objects.ts";
import type { Value } from "./value.ts";

/** What can be called. Library names are `AbstractObject.qualified` instead. */
export type Callable = NotebookFunction | NotebookClass | BoundMethod;

export interface NotebookFunction {
  readonly kind: "function";
  readonly name: string;
  readonly node: ast.FunctionDef | ast.Lambda;
  /** Where it was defined. */
  readonly frame: Frame;
  /** Evaluated where the function was defined. */
  readonly defaults: ReadonlyMap<string, Value>;
  /** The top-level definition that it stands in, or is. */
  readonly definition: ast.Stmt | undefined;
  /** The class whose body it stands in. */
  readonly owner: AbstractObject | undefined;
  readonly isProperty: boolean;
  /** `functools.cache`: called again, it gives the object that it gave; a `cached_property` too. */
  readonly isCached: boolean;
  /** Neither a static nor a class method: gets the instance. */
  readonly binding: "instance" | "class" | "static";
}

export interface NotebookClass {
  readonly kind: "class";
  readonly name: string;
  readonly node: ast.ClassDef;
  /** Nearest first. */
  readonly bases: readonly AbstractObject[];
}

/** A method taken from its object: `append = l.append`. */
export interface BoundMethod {
  readonly kind: "bound";
  readonly self: Value;
  readonly name: string;
}

/** Whether two do the same because they were made of the same things by the same code. */
export function isSameCallable(one: Callable | undefined, other: Callable | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind === "bound") return other.kind === "bound" && one.name === other.name && isSame(one.self, other.self);
  if (one.kind === "class") {
    return other.kind === "class" && one.node === other.node && isSame(one.bases, other.bases);
  }
  return (
    other.kind === "function" &&
    one.node === other.node &&
    one.name === other.name &&
    one.frame === other.frame &&
    one.definition === other.definition &&
    one.owner === other.owner &&
    one.defaults.size === other.defaults.size &&
    [...one.defaults].every(([name, value]) => isSame(value, other.defaults.get(name)))
  );
}
