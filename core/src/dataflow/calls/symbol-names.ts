import type * as ast from "../../python/ast.ts";

/** Makes symbols and binds each under its own name in the module that calls. */
export const bindsSymbols = "sympy.var";

/**
 * The names that `var("x y")` binds, in order: those of a constant text without ranges (`x:3`). `undefined` for any other
 * call, of which nobody knows what it binds.
 */
export function symbolNames({ args, keywords }: ast.Call): readonly string[] | undefined {
  const [text] = args;
  if (args.length !== 1 || keywords.some(({ arg }) => arg === undefined)) return undefined;
  if (text?.type !== "Constant" || typeof text.value !== "string" || text.kind !== "str") return undefined;
  const names = text.value.split(/[\s,]+/).filter((name) => name !== "");
  return names.length > 0 && names.every((name) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) ? names : undefined;
}
