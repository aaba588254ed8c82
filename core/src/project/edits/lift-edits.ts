import type { Lift } from "../../plan/plan.ts";
import type * as ast from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import { walk } from "../../python/walk.ts";
import type { ProjectContext } from "../context.ts";
import { type Annotation, annotate } from "../modules/annotation.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { parameterOfName, spanOfUse } from "./parameter-edits.ts";
import type { SourceEdit } from "./source-edit.ts";

/** What hands the globals that a function used to read on to it, in every call that a statement makes of it. */
export function callEdits(
  context: ProjectContext,
  sourced: SourcedStatement,
  readGlobal: (global: string) => string,
): readonly SourceEdit[] {
  const edits: SourceEdit[] = [];
  for (const lift of context.plan.modules.flatMap((module) => module.lifts)) {
    for (const use of lift.calls) {
      if (use.statement !== sourced.id) continue;
      const span = spanOfUse(use, sourced);
      for (const { node } of walk(sourced.statement.node)) {
        if (node.type !== "Call" || node.start !== span.start || node.end !== span.end) continue;
        edits.push(
          ...addKeywords(
            node,
            sourced.python,
            lift.globals.map((name) => `${name}=${readGlobal(name)}`),
          ),
        );
        break;
      }
    }
  }
  return edits;
}

function addKeywords(call: ast.Call, python: string, keywords: readonly string[]): readonly SourceEdit[] {
  const given = [...call.args, ...call.keywords];
  const text = keywords.join(", ");
  const close = call.end - 1;
  const last = given.reduce((end, argument) => Math.max(end, argument.end), -1);
  if (last === -1) return [{ start: close, end: close, text }];
  const only = given.length === 1 ? call.args[0] : undefined;
  // The brackets of a call may be those of its only argument, a generator: `sum(x for x in y)`.
  if (only?.type === "GeneratorExp" && (only.end === call.end || python[only.start] !== "(")) {
    const start = python.indexOf("(", call.func.end) + 1;
    return [
      { start, end: start, text: "(" },
      { start: close, end: close, text: `), ${text}` },
    ];
  }
  // Behind the last argument may stand its own brackets, comments and a comma.
  const behind = python.slice(last, close).replace(/#.*/g, "");
  return [{ start: close, end: close, text: /,\s*$/.test(behind) ? ` ${text}` : `, ${text}` }];
}

/** What the globals that become parameters are, where the author says so of the others. */
export function liftedAnnotations(
  context: ProjectContext,
  lifts: readonly Lift[],
  { statement: { node } }: SourcedStatement,
): ReadonlyMap<string, Annotation> {
  if (!isFunction(node)) return new Map();
  const { posonlyargs, args, kwonlyargs } = node.args;
  const isTyped =
    node.returns !== undefined || [...posonlyargs, ...args, ...kwonlyargs].some((each) => each.annotation);
  const lift = lifts.find((each) => each.function === node.name.name);
  if (!isTyped || lift === undefined) return new Map();
  return new Map(lift.globals.map((name) => [name, annotationOf(context, lift, name)] as const));
}

function annotationOf(context: ProjectContext, { calls }: Lift, name: string): Annotation {
  const types = new Set(calls.map(({ statement }) => context.dataflow.valueAfter(statement, name)?.type));
  const [known] = types.size === 1 ? types : [];
  const parameter = parameterOfName(context, name);
  const type =
    known ??
    (parameter === undefined ? undefined : `builtins.${parameter.type === "number" ? "float" : parameter.type}`);
  return unparameterized(annotate(type, context.imports, context.definitions));
}

/**
 * `dict` for `dict[Any, Any]`: a module of definitions is imported with its annotations as they are written, and before
 * Python 3.9 these classes take no parameters.
 */
function unparameterized(annotation: Annotation): Annotation {
  const text = annotation.text.replace(/\[.*\]$/, "");
  return text === annotation.text ? annotation : { ...annotation, text };
}

/** What makes the globals that a function reads its parameters. */
export function signatureEdits(
  lifts: readonly Lift[],
  sourced: SourcedStatement,
  annotations: ReadonlyMap<string, Annotation>,
): readonly SourceEdit[] {
  const node = sourced.statement.node;
  if (!isFunction(node)) return [];
  const lift = lifts.find((each) => each.function === node.name.name);
  if (lift === undefined || lift.globals.length === 0) return [];
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const positional = [...posonlyargs, ...args];
  const afterStar = vararg !== undefined || kwonlyargs.length > 0;
  const hasDefault = positional.some((each) => each.default !== undefined);
  const star = !afterStar && hasDefault ? ["*"] : [];
  const declared = lift.globals.map((name) => {
    const annotation = annotations.get(name);
    return annotation === undefined ? name : `${name}: ${annotation.text}`;
  });
  const text = [...star, ...declared].join(", ");
  const before = [...positional, ...(vararg === undefined ? [] : [vararg]), ...kwonlyargs];
  if (before.length > 0) {
    const end = Math.max(
      ...before.map((each) => Math.max(each.end, each.default?.end ?? 0, each.annotation?.end ?? 0)),
    );
    // A slash may stand behind the last positional-only parameter.
    const slash = args.length === 0 && !afterStar ? /^\s*,\s*\//.exec(sourced.python.slice(end)) : null;
    const at = end + (slash?.[0].length ?? 0);
    return [{ start: at, end: at, text: `, ${text}` }];
  }
  const open = sourced.python.indexOf("(", node.name.end) + 1;
  return [{ start: open, end: open, text: kwarg === undefined ? text : `${text}, ` }];
}
