import type * as ast from "../../python/ast.ts";
import { lastName } from "../../python/last-name.ts";
import { walk } from "../../python/walk.ts";
import { at, type Bench, kept } from "../bench.ts";
import { globalUses } from "../definitions/name-uses.ts";
import type { Facts } from "../facts.ts";
import { assignedName } from "../statement-kinds.ts";
import { type ConfigTable, type Entry, isPlain, isTableName } from "./config-table.ts";

/** Decorators and bases that make a class take its annotated attributes as keywords. */
const makingFields = /^(?:dataclass|define|mutable|frozen|attrs)$/;
const modelBases = /^(?:BaseModel|BaseSettings|NamedTuple|Struct)$/;

/** Annotations of attributes that instances do not take. */
const ofTheClass = /\b(?:ClassVar|Final|InitVar)\b/;

/** A call that makes an instance, and the fields that it gives itself. */
interface Making {
  readonly facts: Facts;
  readonly node: ast.Call;
  readonly given: ReadonlySet<string>;
}

/**
 * The classes whose instances are tables of parameters: `@dataclass class Config: lr: float = 0.1`, and those whose
 * `__init__` has such arguments. Where a stage makes
 * one, `Config()`, it gives the run's values of the fields. A class that code makes instances of where no run's values
 * are, in a module or before a stage begins, is left as it is.
 */
export function configInstances(bench: Bench): readonly ConfigTable[] {
  return at(bench, "definition").flatMap((facts): ConfigTable[] => {
    const { node } = facts.statement;
    if (node.type !== "ClassDef" || !isTableName(node.name.name)) return [];
    const fields = fieldsOf(node, bench.cells.get(facts.statement.cell)?.translation.python ?? "");
    if (fields === undefined) return [];
    const makings = makingsOf(bench, facts, node.name.name, [...fields.keys()]);
    if (makings === undefined) return [];
    const entries = [...fields].flatMap(([key, { value, statement }]): Entry[] => {
      const givenIn = makings.filter(({ given }) => !given.has(key));
      if (value === undefined || givenIn.length === 0) return [];
      return [{ key, value, ...(statement && { node: statement }), givenIn }];
    });
    return entries.length === 0 ? [] : [{ facts, name: node.name.name, entries }];
  });
}

function takesFields({ decorator_list: decorators, bases, keywords }: ast.ClassDef): boolean {
  const [base, more] = bases;
  if (more !== undefined || keywords.length > 0) return false;
  if (base !== undefined) return decorators.length === 0 && modelBases.test(lastName(base));
  const [only, another] = decorators;
  return only !== undefined && another === undefined && makingFields.test(lastName(only)) && !isSpecial(only);
}

/** `@dataclass(init=False)` and others whose arguments say how instances are made; `frozen`, `slots` do not. */
function isSpecial(decorator: ast.Expr): boolean {
  if (decorator.type !== "Call") return false;
  return decorator.args.length > 0 || decorator.keywords.some(({ arg }) => arg === undefined || arg.name === "init");
}

/** What a call may be given by its keyword. */
interface Field {
  /** Where the default is a plain literal that nothing else is made of. */
  readonly value?: ast.Expr;
  readonly statement?: ast.Stmt;
}

/** What a class takes, in the order in which it may be given; undefined for a class of which that is not known. */
function fieldsOf(node: ast.ClassDef, python: string): ReadonlyMap<string, Field> | undefined {
  if (takesFields(node)) return annotatedFields(node, python);
  const isPlainClass = node.bases.length + node.keywords.length + node.decorator_list.length === 0;
  const inits = node.body.filter((part) => part.type === "FunctionDef" && part.name.name === "__init__");
  const [init] = inits;
  return isPlainClass && init?.type === "FunctionDef" && inits.length === 1 ? argumentsOf(init) : undefined;
}

/** The arguments of an `__init__` without `self`; undefined where it takes others than by name. */
function argumentsOf({ args: { posonlyargs, args, kwonlyargs, vararg, kwarg } }: ast.FunctionDef) {
  if (posonlyargs.length > 0 || vararg !== undefined || kwarg !== undefined) return undefined;
  return new Map<string, Field>(
    [...args.slice(1), ...kwonlyargs].map(({ arg, default: value }) => [
      arg.name,
      value !== undefined && isPlain(value) ? { value } : {},
    ]),
  );
}

function annotatedFields(node: ast.ClassDef, python: string): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  const names = Map.groupBy(
    node.body.flatMap((part) => walk(part).flatMap(({ node: inner }) => (inner.type === "Name" ? [inner.id] : []))),
    (name) => name,
  );
  for (const part of node.body) {
    if (part.type !== "AnnAssign" || part.target.type !== "Name") continue;
    if (ofTheClass.test(python.slice(part.annotation.start, part.annotation.end))) continue;
    const name = part.target.id;
    const value = assignedName(part)?.value;
    const isAlone = names.get(name)?.length === 1;
    fields.set(name, { statement: part, ...(value !== undefined && isAlone && isPlain(value) && { value }) });
  }
  return fields;
}

/** Where instances are made; undefined where that is not known of all, or not where a run's values are. */
function makingsOf(bench: Bench, own: Facts, name: string, fields: readonly string[]): readonly Making[] | undefined {
  const makings: Making[] = [];
  for (const facts of kept(bench)) {
    const { node, calls } = facts.statement;
    const uses = facts === own ? [] : globalUses(node, new Set([name]));
    if (uses.length === 0) continue;
    const annotations = annotationsIn(node);
    for (const use of uses) {
      if (annotations.has(use)) continue;
      // A base, a default, an argument: who knows who makes instances of it.
      const call = calls.find(({ node: { func } }) => func === use)?.node;
      const given = call && givenBy(call, fields);
      const isStaged = (bench.homes.get(facts.id) ?? "work") === "work";
      if (call === undefined || given === undefined || !isStaged) return undefined;
      makings.push({ facts, node: call, given });
    }
  }
  return makings;
}

function givenBy({ args, keywords }: ast.Call, fields: readonly string[]): ReadonlySet<string> | undefined {
  if (args.some(({ type }) => type === "Starred") || keywords.some(({ arg }) => arg === undefined)) return undefined;
  return new Set([...fields.slice(0, args.length), ...keywords.flatMap(({ arg }) => arg?.name ?? [])]);
}

/** Every expression that stands in an annotation, as whatever is told by it makes nothing. */
function annotationsIn(statement: ast.Stmt): ReadonlySet<unknown> {
  const annotations = walk(statement).flatMap(({ node }) => {
    if (node.type === "AnnAssign") return [node.annotation];
    if (node.type !== "FunctionDef" && node.type !== "AsyncFunctionDef") return [];
    const { posonlyargs, args, kwonlyargs, vararg, kwarg } = node.args;
    const all = [...posonlyargs, ...args, ...kwonlyargs, vararg, kwarg];
    return [node.returns, ...all.map((each) => each?.annotation)].filter((each) => each !== undefined);
  });
  return new Set(annotations.flatMap((annotation) => walk(annotation).map(({ node }) => node)));
}
