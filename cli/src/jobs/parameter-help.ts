import type { Notebook, PythonParser } from "@reprise/core";
import { firstTagged, type ParameterDefinition, parameterDefinitions, pythonLiteral } from "@reprise/core/node";
import type { Answer } from "../execute.ts";
import { table } from "../terminal/table.ts";

/** What parameters a notebook has, as its cell tagged `parameters` says. */
export function parameterHelp(notebook: Notebook, parser: PythonParser): Answer {
  const cell = firstTagged(notebook, "parameters");
  const found = cell === undefined ? [] : parameterDefinitions(cell.source, parser.parse(cell.source));
  const parameters = found.map((one) => ({
    name: one.name,
    ...(one.type === undefined ? {} : { type: one.type }),
    optional: one.optional,
    ...(one.default === undefined ? {} : { default: pythonLiteral(one.default) }),
    help: one.help,
  }));
  return {
    exit: 0,
    json: { outcome: "ok", ...{ notebook: notebook.path, parameters } },
    text: () =>
      found.length === 0
        ? `${notebook.path} has no cell tagged "parameters".`
        : table(["parameter", "type", "default", ""], found.map(row)),
  };
}

function row(one: ParameterDefinition): string[] {
  return [one.name, one.type ?? "", one.default === undefined ? "" : pythonLiteral(one.default), one.help];
}

/** The paths that papermill gives a notebook on request, by the parameters' names. */
export function pathParameters(
  source: string,
  output: string | undefined,
  options: { readonly injectInputPath?: boolean; readonly injectOutputPath?: boolean; readonly injectPaths?: boolean },
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  if (options.injectInputPath || options.injectPaths) paths.set("PAPERMILL_INPUT_PATH", source);
  if ((options.injectOutputPath || options.injectPaths) && output !== undefined) {
    paths.set("PAPERMILL_OUTPUT_PATH", output);
  }
  return paths;
}
