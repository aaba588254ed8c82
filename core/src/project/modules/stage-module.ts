import type { Stage } from "../../plan/plan.ts";
import type * as ast from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import { walk } from "../../python/walk.ts";
import type { ProjectContext } from "../context.ts";
import { docstringText } from "../docstring.ts";
import { displayImports } from "../edits/display-functions.ts";
import { openModuleRemarks } from "../edits/open-namespace.ts";
import { freshName, wordsOf } from "../words.ts";
import type { Annotation } from "./annotation.ts";
import { stageBody } from "./stage-body.ts";
import { docstring } from "./stage-docstring.ts";
import { type StageInterface, stageInterface } from "./stage-interface.ts";
import { keptForTexts, onlyInTexts } from "./text-imports.ts";
import { typeImports, typeOf } from "./value-types.ts";

/** A stage's module before it is formatted, and its interface. */
export interface StageModule {
  readonly text: string;
  readonly interface: StageInterface;
}

/** The module of a stage: its imports, what it returns, and its function. */
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
  const withoutRemarks = wordsOf(body.text.replace(/^[ \t]*#.*$/gm, ""));
  const taken = withoutRemarks.union(wordsOf(annotated.map(({ text }) => text).join(" ")));
  const own = className(stage.name);
  const tupleName = freshName(taken.has(own) ? `${own}Outputs` : own, taken);
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
    ...displayImports(context.displays, body.text),
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
    if (!isFunction(node)) return false;
    const { posonlyargs, args, kwonlyargs, vararg, kwarg } = node.args;
    const all = [...posonlyargs, ...args, ...kwonlyargs, vararg, kwarg];
    return node.returns !== undefined || all.some((argument) => argument?.annotation !== undefined);
  });
}

function definitionImports(context: ProjectContext, names: ReadonlySet<string>): readonly string[] {
  return [...context.definitions]
    .filter(([name]) => names.has(name))
    .map(([name, home]) => `from .${home} import ${name}`);
}

function className(stage: string): string {
  return stage
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
