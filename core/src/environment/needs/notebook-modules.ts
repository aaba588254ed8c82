import type { ParsedCell } from "../../dataflow/model.ts";
import { translateCell } from "../../ipython/translate.ts";
import { readNotebook } from "../../notebook/read.ts";
import type * as ast from "../../python/ast.ts";
import type { PythonParser } from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";

/** How notebooks are imported as modules: all that they do, or only what they define. */
export type NotebookImport = "everything" | "definitions";

/** Which of the import hooks for notebooks is at work: import_ipynb, nbimporter, `ipynb.fs.full`, `ipynb.fs.defs`. */
export function importsNotebooks(flow: { readonly cells: readonly ParsedCell[] }): NotebookImport | undefined {
  const found = new Set<NotebookImport>();
  for (const { module } of flow.cells) {
    for (const { node } of walk(module)) {
      const names =
        node.type === "Import"
          ? node.names.map(({ name }) => name)
          : node.type === "ImportFrom"
            ? [node.module ?? ""]
            : [];
      for (const name of names) {
        if (/^import_ipynb\b|^ipynb\.fs\.full\b/.test(name)) found.add("everything");
        if (/^nbimporter\b|^ipynb\.fs\.defs\b/.test(name)) found.add("definitions");
      }
    }
  }
  return found.has("everything") ? "everything" : found.has("definitions") ? "definitions" : undefined;
}

/** The name that a notebook is imported by: `my_tools.ipynb` is `my_tools`, and so is `my tools.ipynb`. */
export function notebookName(file: string): string {
  return file.replace(/\.ipynb$/i, "").replaceAll(" ", "_");
}

/**
 * A notebook as the text of a module, as the import hooks run it; `undefined` for what is no notebook. Lines that only
 * IPython understands are left out: a module has no screen and no kernel.
 */
export function notebookModule(
  text: string,
  path: string,
  kind: NotebookImport,
  parser: PythonParser,
): string | undefined {
  const cells = cellsOf(text, path);
  if (cells === undefined) return undefined;
  const pieces = cells.map(({ source, index }) => {
    const { python, commands } = translateCell(source, index);
    const isCommand = (node: ast.Stmt) =>
      commands.some(({ meaning, pythonSpan }) => meaning !== "python" && pythonSpan.start === node.start);
    let piece = "";
    let from = 0;
    for (const node of parser.parse(python).body) {
      if (!isCommand(node) && (kind === "everything" || defines(node))) continue;
      piece += python.slice(from, node.start);
      from = node.end + (/^[ \t]*;?[ \t]*/.exec(python.slice(node.end, node.end + 20))?.[0].length ?? 0);
    }
    return (piece + python.slice(from)).trim();
  });
  return `"""Made of ${path}."""\n\n${pieces.filter((piece) => piece !== "").join("\n\n")}\n`;
}

function cellsOf(
  text: string,
  path: string,
): readonly { readonly source: string; readonly index: number }[] | undefined {
  try {
    return readNotebook(text, path).cells.filter(({ kind }) => kind === "code");
  } catch {
    return undefined;
  }
}

/** What `ipynb.fs.defs` runs: imports, functions, classes, and constants in capitals. */
function defines(node: ast.Stmt): boolean {
  if (["Import", "ImportFrom", "FunctionDef", "AsyncFunctionDef", "ClassDef"].includes(node.type)) return true;
  const [target] = node.type === "Assign" ? node.targets : [];
  return target?.type === "Name" && target.id === target.id.toUpperCase();
}
