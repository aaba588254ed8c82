import type { Statement } from "../../dataflow/model.ts";
import { cellList } from "../../text/cell-list.ts";
import type { ProjectContext } from "../context.ts";
import { commandEdits } from "../edits/command-edits.ts";
import { importsDrawing } from "../edits/drawing-calls.ts";
import { parameterEdits } from "../edits/parameter-edits.ts";
import { statementText } from "../edits/statement-text.ts";
import { originMark, originMarkEnd } from "../origin-marks.ts";
import { freshName, wordsOf } from "../words.ts";
import { classSettings } from "./class-settings.ts";

/** True where there is anything for that module to do. */
export function hasSettings(context: ProjectContext): boolean {
  return context.plan.settings.length > 0 || importsDrawing(context) || classSettings(context).length > 0;
}

/**
 * The module that makes a process what the notebook made its kernel, before it is formatted.
 *
 * @param screen Modules of the project show figures themselves, on the screen that its module `screen` is.
 */
export function settingsModule(
  context: ProjectContext,
  screen = false,
): { readonly text: string; readonly usesParams: boolean } {
  const { settings } = context.plan;
  const draws = importsDrawing(context);
  const attributes = classSettings(context);
  const own = nameOfParameters(context);
  const lines = attributes.map(({ owner, attribute, parameter }) => `    ${owner}.${attribute} = ${own}.${parameter}`);
  const imports = attributes.map(({ owner, module }) => `from .${module} import ${owner}`);
  for (const id of settings) {
    const sourced = context.source.statement(id);
    const commands = commandEdits(context, sourced);
    const edits = [...parameterEdits(context, sourced, own), ...commands.edits];
    lines.push(`    ${originMark(id)}`, statementText(sourced, edits, "    "), `    ${originMarkEnd}`);
    imports.push(...commands.imports);
  }
  const body = lines.join("\n");
  const words = wordsOf(body);
  const usesParams = words.has(own);
  const cells = settings.map((id) => context.source.statement(id).cell.cell.index);
  const from = [
    ...(settings.length === 0 ? [] : [`From ${cellList(cells)}.`]),
    ...(attributes.length === 0 ? [] : ["The notebook's configuration gets the values of this run."]),
  ];
  if (from.length === 0) from.push("Figures go into files, so that no screen is needed.");
  const text = [
    '"""Process-wide settings that the notebook made; every stage begins with them."""',
    "",
    ...context.imports.future.map((name) => `from __future__ import ${name}`),
    ...new Set([
      ...(settings.length === 0 ? [] : context.imports.neededBy(words, Number.MAX_SAFE_INTEGER)),
      ...imports,
      ...(draws ? ["import matplotlib"] : []),
      ...(draws && screen ? ["from . import screen"] : []),
      ...(usesParams ? ["from .params import Params"] : []),
    ]),
    "",
    `def apply(${usesParams ? `${own}: Params` : ""}) -> None:`,
    `    """${from.join(" ")}"""`,
    ...(draws ? [`    matplotlib.use(${screen ? 'f"module://{screen.__name__}"' : '"Agg"'})`] : []),
    body,
    "",
  ].join("\n");
  return { text, usesParams };
}

/** What the settings call the parameters of a run: not as something of their own is called. */
function nameOfParameters({ plan, source }: ProjectContext): string {
  const names = plan.settings.flatMap((id) => [...namesIn(source.statement(id).statement)]);
  return freshName("params", new Set(names), "of_run");
}

function* namesIn({ accesses }: Statement): Iterable<string> {
  for (const { place } of accesses) yield place.name;
}
