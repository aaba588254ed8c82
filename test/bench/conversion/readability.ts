import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { ProjectFile } from "../../../core/src/project/project.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { walk } from "../../../core/src/python/walk.ts";
import type { Converted } from "./converter.ts";
import type { Readability } from "./judged.ts";

/** Modules that carry values and are the same for every notebook. */
const carriers = new Set(["__init__.py", "__main__.py", "artifacts.py", "displays.py", "params.py", "seeds.py"]);
const longFunction = 60;
const parser = await createPythonParser(loadGrammar());

/** Counts how a project reads beside its notebook. */
export function readabilityOf({ project, analysis }: Converted): Readability {
  const notebookCode = analysis.notebook.cells.filter(({ kind }) => kind === "code").map(({ source }) => source);
  const written = new Set(notebookCode.join("\n").match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  const python = [...project.files].filter(([path]) => path.endsWith(".py"));
  const own = python.filter(([path]) => path.startsWith("src/") && !carriers.has(path.split("/").at(-1) ?? ""));
  const functions = own.flatMap(([, { text }]) => functionsOf(text));
  return {
    notebookLines: notebookCode.join("\n").split("\n").filter(isCode).length,
    codeLines: linesOf(own),
    allLines: linesOf(python),
    functions: functions.length,
    longFunctions: functions.filter(({ lines }) => lines > longFunction).length,
    foreignNames: [...new Set(own.flatMap(([, { text }]) => boundNames(text)))].filter((name) => !written.has(name)),
  };
}

const isCode = (line: string) => line.trim() !== "" && !line.trim().startsWith("#");
const linesOf = (files: readonly (readonly [string, ProjectFile])[]) =>
  files.reduce((sum, [, { text }]) => sum + text.split("\n").filter(isCode).length, 0);

function functionsOf(text: string): readonly { readonly lines: number }[] {
  const found = [];
  for (const { node } of walk(parser.parse(text))) {
    if (node.type === "FunctionDef" || node.type === "AsyncFunctionDef") {
      found.push({ lines: text.slice(node.start, node.end).split("\n").length });
    }
  }
  return found;
}

/** Variables, and the parameters of functions. */
function boundNames(text: string): readonly string[] {
  const names: string[] = [];
  for (const { node } of walk(parser.parse(text))) {
    if (node.type === "Assign") for (const target of node.targets) if (target.type === "Name") names.push(target.id);
    if (node.type === "For" && node.target.type === "Name") names.push(node.target.id);
  }
  return names;
}
