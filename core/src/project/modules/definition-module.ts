import type { DefinitionModule, NamedLambda } from "../../plan/plan.ts";
import type { ProjectContext } from "../context.ts";
import { docstringText } from "../docstring.ts";
import { commandEdits } from "../edits/command-edits.ts";
import { displayCallEdits, figureEdits } from "../edits/display-edits.ts";
import { displayImports } from "../edits/display-functions.ts";
import { isAssignedLambda, lambdaEdits, lambdaFunction } from "../edits/lambda-edits.ts";
import { callEdits, liftedAnnotations, signatureEdits } from "../edits/lift-edits.ts";
import { statementText } from "../edits/statement-text.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { originMark, originMarkEnd } from "../origin-marks.ts";
import { asComments, proseAbove } from "../pages/prose.ts";
import { wordsOf } from "../words.ts";
import { definedNames } from "./definition-table.ts";
import { keptForTexts, onlyInTexts } from "./text-imports.ts";

/** A module of the notebook's functions and classes, before it is formatted. */
export function definitionModule(context: ProjectContext, module: DefinitionModule): string {
  const lines: string[] = [];
  const imports: string[] = [];
  const own = new Set(definedNames(module, context.source));
  const namedIn = Map.groupBy(module.named ?? [], ({ use }) => use.statement);
  const ids = [...new Set([...namedIn.keys(), ...module.statements])];
  ids.sort((one, other) => context.source.position(one) - context.source.position(other));
  for (const id of ids) {
    const sourced = context.source.statement(id);
    const named = namedIn.get(id) ?? [];
    lines.push(...named.flatMap((each) => functionLines(context, each, sourced)));
    if (!module.statements.includes(id) || named.some((each) => isAssignedLambda(each, sourced))) continue;
    const commands = commandEdits(context, sourced);
    const annotations = liftedAnnotations(context, module.lifts, sourced);
    imports.push(...[...annotations.values()].flatMap((each) => each.imports));
    const edits = [
      ...signatureEdits(module.lifts, sourced, annotations),
      ...callEdits(context, sourced, (name) => name),
      ...lambdaEdits(context, sourced),
      ...figureEdits(context, sourced),
      ...displayCallEdits(context, sourced),
      ...commands.edits,
    ];
    lines.push(
      "",
      ...asComments(proseAbove(context.prose, id, undefined, [module.title]), ""),
      originMark(id),
      statementText(sourced, edits, ""),
      originMarkEnd,
    );
    imports.push(...commands.imports);
  }
  const body = lines.join("\n");
  const words = wordsOf(body);
  const inTexts = onlyInTexts(
    context,
    ids.map((id) => context.source.statement(id)),
    false,
  );
  const position = Math.max(...ids.map((id) => context.source.position(id)));
  const others = [...context.definitions].filter(([name]) => words.has(name) && !own.has(name));
  return [
    `"""${docstringText(module.title)}."""`.replace(/([.!?])\."""$/, '$1"""'),
    "",
    ...context.imports.future.map((name) => `from __future__ import ${name}`),
    ...new Set([
      ...context.imports.neededBy(words.difference(inTexts), position),
      ...keptForTexts(context.imports.neededBy(inTexts, position)),
      ...imports,
      ...displayImports(context.displays, body),
      ...others.map(([name, home]) => `from .${home} import ${name}`),
    ]),
    body,
    "",
  ].join("\n");
}

/** The function that takes the place of a lambda, with where it came from. */
function functionLines(context: ProjectContext, named: NamedLambda, sourced: SourcedStatement): readonly string[] {
  const text = lambdaFunction(context, named, sourced);
  return text === undefined ? [] : ["", originMark(sourced.id), text, originMarkEnd];
}
