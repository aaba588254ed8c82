import type * as ast from "../python/ast.ts";
import type { PythonParser } from "../python/ast.ts";
import { compileProblems } from "../python/refused/compile-problems.ts";

/** The tree of a text, with what CPython's compiler refuses of it where its form is right. */
export function compiled(parser: PythonParser, python: string): ast.Module {
  const module = parser.parse(python);
  const errors = module.errors.length > 0 ? module.errors : compileProblems(module, python);
  return errors === module.errors ? module : { ...module, errors };
}
