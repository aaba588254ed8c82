import type * as ast from "./ast.ts";

/** Whether the arguments of a call fit the parameters of a function; `false` where stars hide how many there are. */
export function takesArguments({ args }: ast.FunctionDef, call: ast.Call): boolean {
  if (call.args.some(({ type }) => type === "Starred") || call.keywords.some(({ arg }) => arg === undefined))
    return false;
  const positional = [...args.posonlyargs, ...args.args];
  if (call.args.length > positional.length && args.vararg === undefined) return false;
  const given = new Set(call.keywords.map(({ arg }) => arg?.name));
  const byName = new Set([...args.args, ...args.kwonlyargs].map(({ arg }) => arg.name));
  if (args.kwarg === undefined && [...given].some((name) => name !== undefined && !byName.has(name))) return false;
  const missing = [...positional.slice(call.args.length), ...args.kwonlyargs].filter(
    (parameter) => parameter.default === undefined && !given.has(parameter.arg.name),
  );
  return missing.length === 0 && positional.slice(0, call.args.length).every(({ arg }) => !given.has(arg.name));
}
