import type {
  ChangedArgument,
  Condition,
  ConditionValue,
  DatabaseUse,
  Effect,
  FileUse,
  Returned,
  Role,
} from "../../effects/effect.ts";
import type { Span } from "../../text/position.ts";
import type { Interpreter } from "../interpreter.ts";
import type { PathStep } from "../model.ts";
import { keepAxes } from "../objects/axes.ts";
import { type AbstractObject, isIterator } from "../objects/objects.ts";
import { isFile } from "../objects/open-files.ts";
import { spanOf } from "../objects/places.ts";
import { keepCells } from "../objects/table-cells.ts";
import { constantOf, nothing, union, type Value } from "../objects/value.ts";
import { anySettings, libraryOf, noteConsulted } from "../process/consulted.ts";
import { isReading, noteDatabase } from "../process/databases.ts";
import { noteDrawing } from "../process/figures.ts";
import { enterFolder, noteFile } from "../process/files.ts";
import { changeDirectory, noteState } from "../process/process-state.ts";
import { noteDraws } from "../process/randomness.ts";
import { change, postpone } from "../statements/changes.ts";
import { callBack, callbacksIn } from "./callbacks.ts";
import { readCode } from "./code-text.ts";
import { handOver } from "./handed-over.ts";
import { keepArguments } from "./kept-arguments.ts";
import { callHeld, enterMode, isAsked } from "./models.ts";
import { callMethod } from "./notebook-call.ts";
import { askedByBuiltin } from "./protocols.ts";
import { allArguments, build, type CallArguments, select } from "./returned.ts";

export interface LibraryCall {
  readonly qualified: string;
  readonly effect: Effect;
  readonly self: Value | undefined;
  /** The global by which the receiver was reached, and how. */
  readonly base?: string | undefined;
  readonly path?: readonly PathStep[] | undefined;
  readonly args: CallArguments;
  readonly site: object;
  /** Why it may be made, where no statement makes it. */
  readonly why?: string;
}

/** A call of a library's function by its own name: `list.append(rows, 1)` has its receiver as its first argument. */
export function callByName(
  run: Interpreter,
  qualified: string,
  effect: Effect,
  args: CallArguments,
  site: object,
): LibraryCall {
  const [self, ...positional] = args.positional;
  if (self === undefined || !run.catalog.isMethod(qualified, effect)) {
    return { qualified, effect, self: undefined, args, site };
  }
  return { qualified, effect, self, base: baseOf(run, self), args: { ...args, self, positional }, site };
}

/** Does to the abstract objects what the table says that the call does. */
export function applyEffect(run: Interpreter, call: LibraryCall): Value {
  const outer = run.evaluating;
  run.evaluating ||= isAsked(call.self);
  try {
    return applied(run, call);
  } finally {
    run.evaluating = outer;
  }
}

function applied(run: Interpreter, call: LibraryCall): Value {
  const { effect, args, site } = call;
  const span = spanOf(site);
  for (const changed of effect.changes) applyChange(run, call, changed, span);
  keepArguments(run, call);
  askedByBuiltin(run, call.qualified, args.self === call.self ? args : { ...args, self: call.self }, site);
  for (const code of effect.code ?? []) readCode(run, select(args, code.argument, effect), code.language, span);
  for (const file of effect.files ?? []) noteLibraryFile(run, call, file, span);
  if (effect.database !== undefined) noteLibraryDatabase(run, call, effect.database, span);
  if (effect.state !== undefined) {
    noteState(run, effect.state);
    if (effect.state.some(({ state, use }) => state === "directory" && use === "change")) {
      const folder = constantOf(select(args, 0, effect));
      if (typeof folder === "string") enterFolder(run, folder);
      changeDirectory(run, typeof folder === "string" ? folder : undefined);
    }
  }
  if (effect.role === "setting") run.recorder.setsUp(libraryOf(call.qualified));
  const results = new Map<string, Value>();
  let callsBackLater = false;
  for (const method of effect.calls ?? []) {
    const result = call.self === undefined ? undefined : callMethod(run, call.self, method, args, site);
    if (result !== undefined) results.set(method, result);
  }
  if (effect.callsHeld !== undefined) callHeld(run, call, effect.callsHeld, results.size > 0);
  if (effect.mode !== undefined) enterMode(run, call.self ?? nothing, effect.mode);
  if (effect.callsWith !== undefined) {
    const called = callBack(run, call, effect.callsWith);
    if (called !== undefined) results.set("callback", called);
    callsBackLater = called !== undefined;
  } else {
    const isKept = effect.keeps !== undefined || (effect.returns.kind === "new" && effect.returns.holds !== undefined);
    if (effect.callsArguments ?? !isKept) {
      const itself = handingOver.has(effect.role) ? allArguments(args) : nothing;
      handOver(run, callbacksIn(call), union(call.self ?? nothing, allArguments(args)), site, itself);
    }
  }
  const value = union(...returnedBy(effect, args).map((one) => build(run, one, args, effect, site, results)));
  if (callsBackLater) {
    const given = effect.callsWith ?? [];
    for (const object of value) {
      if (isIterator(object) || object.type === "collections.defaultdict")
        postpone(run, object, () => callBack(run, call, given));
    }
  }
  keepCells(run, call.self ?? nothing, value);
  keepAxes(run, value, union(call.self ?? nothing, allArguments(args)), methodOf(call));
  noteDraws(run, call, value);
  if (effect.state?.some(({ state, use }) => state === "figure" && use === "change")) noteDrawing(run, call, value);
  noteConsulted(run, call, value);
  return value;
}

/** Roles of calls that hand their very arguments to the transformers and functions that the receiver holds. */
const handingOver = new Set<Role | undefined>(["fit", "fit-transform", "transform", "predict", "score", "search"]);

function methodOf({ qualified }: LibraryCall): string {
  return qualified.slice(qualified.lastIndexOf(".") + 1);
}

/** What a call may return: what its arguments say, both ways where that is not known. */
function returnedBy(effect: Effect, args: CallArguments): readonly Returned[] {
  const possible: Returned[] = [];
  for (const { when, given, ofType, also, returns } of effect.variants ?? []) {
    const value = given === undefined ? undefined : select(args, given, effect);
    if (value?.size === 0) continue;
    if (ofType !== undefined && value !== undefined && !areOfTypes(value, ofType)) continue;
    const answer = given !== undefined && args.doubled !== undefined ? "maybe" : matches(when, effect, args);
    if (answer !== "no") possible.push(returns);
    if (answer === "yes" && !also) return possible;
  }
  return [...possible, effect.returns];
}

function areOfTypes(value: Value, types: readonly string[]): boolean {
  return [...value].every(({ type }) => type !== undefined && types.includes(type));
}

/** Whether a call has what a `when` asks for. */
export function matches(when: Condition | undefined, effect: Effect, args: CallArguments): "yes" | "no" | "maybe" {
  let answer: "yes" | "maybe" = "yes";
  for (const [name, condition] of Object.entries(when ?? {})) {
    const wanted: readonly unknown[] = Array.isArray(condition) ? condition : [condition];
    const given = select({ ...args, doubled: undefined, starred: undefined }, name, effect);
    if (given.size === 0) {
      if (args.doubled !== undefined) {
        answer = "maybe";
        continue;
      }
      const standard: ConditionValue | undefined = effect.defaults?.[name];
      if (standard === undefined || !wanted.includes(standard)) return "no";
      continue;
    }
    const constant = constantOf(given);
    if (constant === undefined) answer = "maybe";
    else if (!wanted.includes(constant)) return "no";
  }
  return answer;
}

/** A call of which nothing is known: it may change its receiver and every argument, and give any of them back. */
export function applyUnknown(
  run: Interpreter,
  call: {
    readonly name: string;
    readonly base?: string | undefined;
    readonly path?: readonly PathStep[] | undefined;
    readonly args: CallArguments;
    readonly site: object;
  },
): Value {
  const { args, site } = call;
  const span = spanOf(site);
  run.recorder.consults(anySettings);
  const why = `unknown call ${call.name}(...)`;
  const facts = { span, must: false, deep: true, views: true, why };
  const self = args.self ?? nothing;
  change(run, self, { ...facts, path: call.path ?? [], base: call.base });
  for (const argument of [...args.positional, args.starred, ...args.keywords.values(), args.doubled]) {
    if (argument !== undefined) change(run, argument, { ...facts, path: [], base: baseOf(run, argument) });
  }
  handOver(run, union(self, allArguments(args)), union(self, allArguments(args)), site);
  return build(run, { kind: "unknown" }, args, {}, site);
}

/** A name of the module that holds exactly this value, for showing a change under the name that was written. */
export function baseOf(run: Interpreter, value: Value): string | undefined {
  for (const object of value) {
    for (const name of object.names) if (run.module.layer.get(name)?.value === value) return name;
  }
  return undefined;
}

function applyChange(run: Interpreter, call: LibraryCall, changed: ChangedArgument, span: Span): void {
  const answer = matches(changed.when, call.effect, call.args);
  if (answer === "no" || (changed.training && run.evaluating)) return;
  if (changed.unlessQuery !== undefined && isReading(select(call.args, changed.unlessQuery, call.effect))) return;
  const isSelf = changed.argument === "self";
  const objects = ofTypes(run, select(call.args, changed.argument, call.effect), changed.ofType);
  change(run, objects, {
    path: isSelf ? (call.path ?? []) : [],
    span,
    base: isSelf ? call.base : baseOf(run, objects),
    must: answer === "yes",
    deep: !changed.shallow,
    views: !changed.keepsViews,
    why:
      answer === "maybe"
        ? `${call.qualified} changes it where ${Object.keys(changed.when ?? {}).join(", ")} says so`
        : call.why,
  });
}

/** The objects that are of one of the types; one of which nothing is known is none of them. */
function ofTypes(run: Interpreter, value: Value, types: readonly string[] | undefined): Value {
  if (types === undefined) return value;
  const isOne = ({ type }: AbstractObject) =>
    type !== undefined && run.catalog.lineage(type).some((one) => types.includes(one));
  return new Set([...value].filter(isOne));
}

function noteLibraryDatabase(run: Interpreter, { args, effect }: LibraryCall, use: DatabaseUse, span: Span): void {
  const onlyReads = use.unlessQuery !== undefined && isReading(select(args, use.unlessQuery, effect));
  noteDatabase(run, select(args, use.argument, effect), onlyReads ? "read" : use.use, span);
}

function noteLibraryFile(run: Interpreter, call: LibraryCall, use: FileUse, span: Span): void {
  const given = select(call.args, use.argument, call.effect);
  const isFolder = use.use === "look" || use.use === "write-folder";
  if (given.size === 0 && isLeftOut(call, use.argument)) {
    if (isFolder) noteFile(run, use.use, ".", span);
    return;
  }
  if (given.size > 0 && [...given].every((object) => isFile(run.catalog, object))) {
    for (const file of given) {
      if (use.use !== "read" && typeof file.constant === "string" && file.made < run.now)
        noteFile(run, "append", file.constant, span);
    }
    return;
  }
  const path = constantOf(given);
  noteFile(run, use.use, typeof path === "string" ? path : undefined, span);
}

/** Whether an argument is one that the call could have and has not: a folder is the one that the process works in then. */
function isLeftOut(call: LibraryCall, argument: FileUse["argument"]): boolean {
  const { args, effect } = call;
  const isKnown = effect.signature?.includes(String(argument)) === true;
  return isWithout(call) || (isKnown && args.starred === undefined && args.doubled === undefined);
}

/** Whether a call has no argument that could be the path: `df.to_csv()` gives the text. */
function isWithout({ args, effect }: LibraryCall): boolean {
  const isOpen = args.starred !== undefined || args.doubled !== undefined;
  return !isOpen && args.positional.length === 0 && (effect.signature !== undefined || args.keywords.size === 0);
}
