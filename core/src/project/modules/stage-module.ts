import { compilesText } from "../../plan/definitions/names-in-texts.ts";
import type { Stage } from "../../plan/plan.ts";
import type * as ast from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import { walk } from "../../python/walk.ts";
import type { ProjectContext } from "../context.ts";
import { docstringText } from "../docstring.ts";
import { displayImports } from "../edits/display-functions.ts";
import { openModuleRemarks } from "../edits/open-namespace.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { wordsOf } from "../words.ts";
import type { Annotation } from "./annotation.ts";
import { type StageBody, stageBody } from "./stage-body.ts";
import { docstring } from "./stage-docstring.ts";
import { type StageInterface, stageInterface } from "./stage-interface.ts";
import { type StageReturn, stageReturn } from "./stage-return.ts";
import { keptForTexts, onlyInTexts } from "./text-imports.ts";
import { type TypedName, typeImports, typeOf } from "./value-types.ts";

/** A stage's module before it is formatted, and its interface. */
export interface StageModule {
  readonly text: string;
  readonly interface: StageInterface;
}

/** What a module is made of. */
interface ModuleParts {
  readonly stage: Stage;
  readonly statements: readonly SourcedStatement[];
  readonly body: StageBody;
  readonly shape: StageInterface;
  readonly inputs: readonly TypedName[];
  readonly returned: StageReturn;
  /** The types of all that goes in and out. */
  readonly annotated: readonly Annotation[];
  /**
   * Annotations are texts to Python. Not so where the author's own mean what they meant (a dataclass keeps types, and not
   * texts, of its fields), nor where code in a text is compiled: it takes over what its module imports from `__future__`
   * (https://docs.python.org/3/library/functions.html#compile), and a formula keeps that.
   */
  readonly isLazy: boolean;
}

/** The module of a stage: its imports, what it returns, and its function. */
export function stageModule(context: ProjectContext, stage: Stage): StageModule {
  const statements = stage.statements.map((id) => context.source.statement(id));
  const body = stageBody(context, stage);
  const shape = stageInterface(context, stage, body);
  const inputs = stage.inputs.map(({ name, from }) => ({ name, annotation: typeOf(context, from, name) }));
  const outputs = stage.outputs.map((name) => ({ name, annotation: typeOf(context, stage.name, name) }));
  const annotated = [...inputs, ...outputs].map(({ annotation }) => annotation);
  const returned = stageReturn(shape, body, outputs, annotated);
  const isLazy = !statements.some(({ statement }) => annotates(statement.node) || compilesText(statement));
  const parts = { stage, statements, body, shape, inputs, returned, annotated, isLazy };
  const text = [
    `"""${docstringText(stage.title)}."""`.replace(/([.!?])\."""$/, '$1"""'),
    "",
    ...(body.isOpen ? openModuleRemarks : []),
    ...importLines(context, parts),
    ...tupleLines(parts),
    ...functionLines(context, parts),
    "",
  ].join("\n");
  return { text, interface: shape };
}

function importLines(
  context: ProjectContext,
  { annotated, body, isLazy, returned, stage, statements }: ModuleParts,
): readonly string[] {
  const position = Math.max(...stage.statements.map((id) => context.source.position(id)));
  const inTexts = onlyInTexts(context, statements, body.isOpen);
  const inCode = wordsOf(body.text).difference(inTexts);
  const forCheckers = typeImports(annotated);
  const future = new Set([...(isLazy ? ["annotations"] : []), ...context.imports.future]);
  const imports = [
    ...context.imports.neededBy(inCode, position),
    ...keptForTexts(context.imports.neededBy(inTexts, position)),
    ...annotated.flatMap((annotation) => annotation.imports),
    ...returned.annotation.imports,
    ...(forCheckers.length > 0 ? ["from typing import TYPE_CHECKING"] : []),
    ...body.imports,
    ...(body.usesParams ? ["from .params import Params"] : []),
    ...displayImports(context.displays, body.text),
    ...definitionImports(context, inCode),
    ...keptForTexts(definitionImports(context, inTexts)),
  ];
  return [...[...future].map((name) => `from __future__ import ${name}`), ...new Set(imports), ...forCheckers, ""];
}

function tupleLines({ isLazy, returned: { tuple } }: ModuleParts): readonly string[] {
  if (tuple === undefined) return [];
  const fields = tuple.fields.map(({ name, annotation }) => `    ${name}: ${written(annotation, isLazy)}`);
  return [`class ${tuple.name}(NamedTuple):`, '    """What the stage hands on."""', "", ...fields, ""];
}

function functionLines(
  context: ProjectContext,
  { body, inputs, isLazy, returned, shape, stage }: ModuleParts,
): readonly string[] {
  const parameters = [
    ...inputs.map(({ name, annotation }) => `${name}: ${written(annotation, isLazy)}`),
    ...(body.usesParams ? [`${body.params}: Params`] : []),
  ];
  const signature = `${shape.function}(${parameters.join(", ")}) -> ${written(returned.annotation, isLazy)}`;
  return [
    `${body.isAsync ? "async " : ""}def ${signature}:`,
    ...docstring(context, stage),
    body.text,
    ...(returned.value === undefined ? [] : [`    return ${returned.value}`]),
  ];
}

function written({ text }: Annotation, isLazy: boolean): string {
  return isLazy || /^\w+$/.test(text) ? text : JSON.stringify(text);
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
