import { translateCell } from "../ipython/translate.ts";
import { writtenModule } from "../ipython/written-module.ts";
import type { ReadProjectFile } from "./inclusion.ts";

/** Reads what the notebook's own cells write with `%%writefile` from those cells, and everything else as before. */
export function withWrittenFiles(
  cells: readonly { readonly source: string; readonly index: number }[],
  readFile: ReadProjectFile,
): ReadProjectFile {
  const written = new Map<string, string | undefined>();
  for (const { source, index } of cells) {
    if (!/^\s*%%(?:writefile|file)\b/.test(source)) continue;
    for (const command of translateCell(source, index).commands) {
      const module = writtenModule(command);
      const path = module?.path ?? command.argument.replace(/^-a\s+/, "").trim();
      written.set(path, written.has(path) ? undefined : module?.text);
    }
  }
  return (path) => {
    if (!written.has(path)) return readFile(path);
    const text = written.get(path);
    return text === undefined ? { why: `the notebook writes ${path} in pieces, or more than once` } : { text };
  };
}
