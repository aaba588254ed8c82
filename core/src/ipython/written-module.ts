import type { Command } from "./translation.ts";

/** A Python module that a cell writes with `%%writefile`. */
export interface WrittenModule {
  /** What `import` begins with: `features` for `features.py` and for `features/encode.py`. */
  readonly name: string;
  /** Below the notebook's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The module that a command writes whole; `undefined` for what writes none, or adds to one. */
export function writtenModule({ kind, name, argument, body }: Command): WrittenModule | undefined {
  if (kind !== "cell-magic" || body === undefined || (name !== "writefile" && name !== "file")) return undefined;
  const path = /^(?:\.\/)?((?:[\p{L}_][\p{L}\p{N}_]*\/)*[\p{L}_][\p{L}\p{N}_]*\.py)$/u.exec(argument.trim())?.[1];
  if (path === undefined) return undefined;
  return { name: path.replace(/\.py$/, "").split("/", 1)[0] as string, path, text: body };
}
