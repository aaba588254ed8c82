import type { Stage } from "../../plan/plan.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { artifactOf } from "../artifact-table.ts";
import { listCells } from "../cell-list.ts";
import type { ProjectContext } from "../context.ts";
import { docstringLine, docstringText } from "../docstring.ts";
import { openModuleRemarks } from "../edits/open-namespace.ts";
import { proseAbove } from "../pages/prose.ts";
import { wrapped } from "../pages/prose-lines.ts";
import { freshName, wordsOf } from "../words.ts";
import { type Annotation, annotateKnown, annotateObserved } from "./annotation.ts";
import { type StageBody, stageBody } from "./stage-body.ts";
import { keptForTexts, onlyInTexts } from "./text-imports.ts";

/** What a stage's function looks like from outside. */
export interface StageInterface {
  readonly stage: Stage;
  readonly function: string;
  readonly isAsync: boolean;
  readonly params: string;
  readonly usesParams: boolean;
  /** What it returns: nothing, one value, the metrics alone, or a named tuple of its outputs and then its metrics. */
  readonly returns: "nothing" | "value" | "metrics" | "tuple";
  /** The field of the named tuple that holds the metrics. */
  readonly metricsField?: string;
  /** Fields of the named tuple, by the name of the output that each holds. */
  readonly fields: ReadonlyMap<string, string>;
  /** Names of the metrics. */
  readonly metrics: readonly string[];
}

/** A stage's module before it is formatted, and its interface. */
export interface StageModule {
  readonly text: string;
  readonly interface: StageInterface;
}

export function stageModule(context: ProjectContext, stage: Stage): StageModule {
  const body = stageBody(context, stage);
  const position = Math.max(...stage.statements.map((id) => context.source.position(id)));
  const words = wordsOf(body.text);
  const statements = stage.statements.map((id) => context.source.statement(id));
  const inTexts = onlyInTexts(context, statements, body.isOpen);
  const shape = stageInterface(context, stage, body);
  const inputs = stage.inputs.map(({ name, from }) => ({
    name,
    annotation: typeOf(context, from, name),
  }));
  const outputs = stage.outputs.map((name) => ({ name, annotation: typeOf(context, stage.name, name) }));
  const metricsType: Annotation = { text: "dict[str, float]", imports: [] };
  const annotated = [...inputs, ...outputs].map(({ annotation }) => annotation);
  const taken = words.union(wordsOf(annotated.map(({ text }) => text).join(" ")));
  const tupleName = freshName(className(stage.name), taken, "outputs");
  const metrics = `{${body.metrics.map(({ metric, expression }) => `${JSON.stringify(metric.name)}: ${expression}`).join(", ")}}`;
  const returned = {
    nothing: { annotation: { text: "None", imports: [] }, value: undefined },
    value: { annotation: outputs[0]?.annotation ?? metricsType, value: outputs[0]?.name },
    metrics: { annotation: metricsType, value: metrics },
    tuple: {
      annotation: { text: tupleName, imports: ["from typing import NamedTuple"] },
      value: `${tupleName}(${[...outputs.map(({ name }) => name), ...(shape.metricsField === undefined ? [] : [metrics])].join(", ")})`,
    },
  }[shape.returns];
  // The author's annotations mean what they meant: a dataclass keeps types, and not texts, of its fields.
  const isLazy = !statements.some(({ statement }) => annotates(statement.node));
  const written = ({ text: type }: Annotation) => (isLazy || /^\w+$/.test(type) ? type : JSON.stringify(type));
  const parameters = [
    ...inputs.map(({ name, annotation }) => `${name}: ${written(annotation)}`),
    ...(body.usesParams ? [`${body.params}: Params`] : []),
  ];
  const forCheckers = typeImports(annotated);
  const imports = [
    ...context.imports.neededBy(words.difference(inTexts), position),
    ...keptForTexts(context.imports.neededBy(inTexts, position)),
    ...annotated.flatMap((annotation) => annotation.imports),
    ...returned.annotation.imports,
    ...(forCheckers.length > 0 ? ["from typing import TYPE_CHECKING"] : []),
    ...body.imports,
    ...(body.usesParams ? ["from .params import Params"] : []),
    ...(/\bshow\(/.test(body.text) ? ["from .displays import show"] : []),
    ...(/\bshow_figures\(/.test(body.text) ? ["from .displays import show_figures"] : []),
    ...definitionImports(context, words.difference(inTexts)),
    ...keptForTexts(definitionImports(context, inTexts)),
  ];
  const fields = [
    ...outputs.map(({ name, annotation }) => `    ${shape.fields.get(name)}: ${written(annotation)}`),
    ...(shape.metricsField === undefined ? [] : [`    ${shape.metricsField}: ${written(metricsType)}`]),
  ];
  const text = [
    `"""${docstringText(stage.title)}."""`.replace(/([.!?])\."""$/, '$1"""'),
    "",
    ...(body.isOpen ? openModuleRemarks : []),
    ...new Set([...(isLazy ? ["annotations"] : []), ...context.imports.future])
      .values()
      .map((name) => `from __future__ import ${name}`),
    ...new Set(imports),
    ...forCheckers,
    "",
    ...(shape.returns === "tuple"
      ? [`class ${tupleName}(NamedTuple):`, '    """What the stage hands on."""', "", ...fields, ""]
      : []),
    `${body.isAsync ? "async " : ""}def ${shape.function}(${parameters.join(", ")}) -> ${written(returned.annotation)}:`,
    ...docstring(context, stage),
    body.text,
    ...(returned.value === undefined ? [] : [`    return ${returned.value}`]),
    "",
  ].join("\n");
  return { text, interface: shape };
}

/** True where a statement defines something with annotations, which Python evaluates when it defines it. */
function annotates(statement: ast.Stmt): boolean {
  return [...walk(statement)].some(({ node }) => {
    if (node.type === "ClassDef") return node.body.some(({ type }) => type === "AnnAssign");
    if (node.type !== "FunctionDef" && node.type !== "AsyncFunctionDef") return false;
    const { posonlyargs, args, kwonlyargs, vararg, kwarg } = node.args;
    const all = [...posonlyargs, ...args, ...kwonlyargs, vararg, kwarg];
    return node.returns !== undefined || all.some((argument) => argument?.annotation !== undefined);
  });
}

/** What only a type checker imports: what the notebook never does. */
function typeImports(annotations: readonly Annotation[]): readonly string[] {
  const imports = [...new Set(annotations.flatMap(({ typeImports: needed = [] }) => needed))].sort();
  return imports.length === 0 ? [] : ["", "if TYPE_CHECKING:", ...imports.map((text) => `    ${text}`)];
}

function definitionImports(context: ProjectContext, names: ReadonlySet<string>): readonly string[] {
  return [...context.definitions]
    .filter(([name]) => names.has(name))
    .map(([name, home]) => `from .${home} import ${name}`);
}

function stageInterface(context: ProjectContext, stage: Stage, body: StageBody): StageInterface {
  const hasMetrics = body.metrics.length > 0;
  const returns = returnShape(stage.outputs.length, hasMetrics);
  const fields = new Map(stage.outputs.map((name) => [name, fieldName(name)] as const));
  return {
    stage,
    function: stageFunction(context, stage),
    isAsync: body.isAsync,
    params: body.params,
    usesParams: body.usesParams,
    returns,
    ...(returns === "tuple" && hasMetrics
      ? { metricsField: freshName("metrics", new Set(fields.values()), "reported") }
      : {}),
    fields,
    metrics: body.metrics.map(({ metric }) => metric.name),
  };
}

function returnShape(outputs: number, hasMetrics: boolean): StageInterface["returns"] {
  if (outputs + (hasMetrics ? 1 : 0) > 1) return "tuple";
  if (hasMetrics) return "metrics";
  return outputs === 1 ? "value" : "nothing";
}

/** What the functions of `__main__.py` that call the stages call their own. */
const ofMain = ["work", "params", "load", "save", "check", "result", "values"];

/** The stage's own name, unless an import or a definition of the notebook has it (`def train(...)` in stage train). */
export function stageFunction(context: ProjectContext, stage: Stage): string {
  const taken = new Set([...ofMain, ...context.imports.names.map(({ bound }) => bound), ...context.definitions.keys()]);
  return freshName(stage.name, taken, "stage");
}

/** A named tuple has no field that begins with an underscore, nor one that hides a method of tuples. */
function fieldName(name: string): string {
  if (name.startsWith("_")) return `${name.replace(/^_+/, "") || "value"}_`;
  return name === "count" || name === "index" ? `${name}_` : name;
}

function className(stage: string): string {
  return stage
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

/** What the value of that name is that a stage hands on: as it was seen, as the plan says, or as the analysis knows. */
export function typeOf(context: ProjectContext, from: string, name: string): Annotation {
  const seen = context.observation?.values[from]?.[name]?.type;
  if (seen !== undefined) return annotateObserved(seen, context.imports, context.definitions);
  const { plan, dataflow, imports, definitions } = context;
  const planned = artifactOf(plan, from, name).types[name];
  const last = plan.stages.find((stage) => stage.name === from)?.statements.at(-1);
  const known = last === undefined ? undefined : dataflow.valueAfter(last, name)?.type;
  const [, ...held] = last === undefined || (planned ?? known) !== known ? [] : dataflow.heldAfter(last, name);
  return annotateKnown(
    planned ?? known,
    held.map(({ type }) => type),
    imports,
    definitions,
  );
}

/** Where the stage comes from, and what the author wrote above it. */
function docstring(context: ProjectContext, stage: Stage): readonly string[] {
  const cells = listCells(stage.statements.map((id) => context.source.statement(id).cell.cell.index));
  const file = context.plan.notebook.path.split(/[\\/]/).at(-1) ?? "the notebook";
  const from = `From ${cells} of ${docstringText(file)}.`;
  const [first] = stage.statements;
  const titles = [stage.title, context.plan.notebook.title];
  const prose = first === undefined ? [] : wrapped(proseAbove(context.prose, first, titles), 110);
  if (prose.length === 0) return [`    """${from}"""`];
  const lines = prose.map((line) => (line === "" ? "" : `    ${docstringLine(line)}`));
  const head = (lines[0] as string).trim();
  return [
    `    """${head}${/[.!?:,;]$/.test(head) || (lines.length > 1 && lines[1] !== "") ? "" : "."}`,
    ...lines.slice(1),
    "",
    `    ${from}`,
    '    """',
  ];
}
