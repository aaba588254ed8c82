import type { PythonFormatter } from "../project/project.ts";
import type { PythonParser } from "../python/ast.ts";
import { reviewingFormatter } from "./reviewing-formatter.ts";
import { createRuffFormatter } from "./ruff-formatter.ts";

/** A formatter in this process. `parser`: one that is there already. */
export function createPythonFormatter(parser?: PythonParser): PythonFormatter {
  return reviewingFormatter(createRuffFormatter(), parser);
}
