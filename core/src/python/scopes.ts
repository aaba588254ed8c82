import type { FunctionDef, Lambda, Module, Stmt, SyntaxProblem } from "./ast.ts";
import type { Scope } from "./scope.ts";
import { ScopeDraft } from "./scope-draft.ts";
import { binderAround, findHomes } from "./scope-homes.ts";
import { allArguments, readBlock } from "./scope-reader.ts";
import type { TypedNode } from "./walk.ts";

/**
 * The blocks of a module and where each name in them lives, as CPython's `symtable` tells it: class bodies are no home
 * for the functions in them, comprehensions are blocks of their own (as up to Python 3.11), a walrus in one binds outside
 * of it, names that begin with two underscores are mangled in classes, type parameters have a block around what has them.
 */
export function scopesOf(module: Module): Scope {
  const top = new ScopeDraft("module", "top", module, undefined);
  readBlock(top, module.body);
  findHomes(top);
  return top;
}

/** What Python refuses of the `global` and `nonlocal` declarations in a statement that is compiled alone. */
export function declarationProblems(node: Stmt): readonly SyntaxProblem[] {
  const top = new ScopeDraft("module", "top", moduleOf([node]), undefined);
  readBlock(top, [node]);
  const problems: SyntaxProblem[] = [...top.problems];
  const waiting = [...top.children];
  for (let scope = waiting.pop(); scope !== undefined; scope = waiting.pop()) {
    problems.push(...scope.problems);
    for (const { name, start, end } of scope.nonlocals) {
      if (scope.names.get(scope.mangled(name))?.isParameter) continue;
      const binder = binderAround(scope, scope.mangled(name));
      if (binder === undefined) problems.push({ start, end, message: `no binding for nonlocal '${name}' found` });
      else if (binder.kind === "type-parameters")
        problems.push({ start, end, message: `nonlocal binding not allowed for type parameter '${name}'` });
    }
    waiting.push(...scope.children);
  }
  return problems;
}

const ofStatements = new WeakMap<Stmt, Scope>();

/** The blocks of a statement as if it stood alone in a module. Trees never change: what was found is kept. */
export function scopesOfStatement(node: Stmt): Scope {
  let top = ofStatements.get(node);
  if (top === undefined) {
    top = scopesOf(moduleOf([node]));
    ofStatements.set(node, top);
  }
  return top;
}

/** The blocks inside of a block, however deep. */
export function* scopesBelow(top: Scope): Generator<Scope> {
  const waiting = [...top.children];
  for (let scope = waiting.pop(); scope !== undefined; scope = waiting.pop()) {
    yield scope;
    for (const inner of scope.children) waiting.push(inner);
  }
}

/** The global names that a statement or expression reads, binds or deletes by name, functions inside it included. */
export function globalNames(node: Stmt): ReadonlySet<string> {
  const top = scopesOfStatement(node);
  const found = new Set(top.names.keys());
  for (const scope of scopesBelow(top)) {
    for (const [name, use] of scope.names) if (use.home === "global") found.add(name);
  }
  return found;
}

/** The names of one block, by what its own statements do to them. */
export interface BlockNames {
  /** Bound or deleted here, parameters included, and not declared to live elsewhere. */
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

/** The names that nodes would bind if they stood alone in a block. */
export function namesOfBlock(nodes: readonly TypedNode[]): BlockNames {
  const block = openBlock();
  readBlock(block, nodes);
  return namesIn(block);
}

/** The names of a function's or lambda's own block. */
export function namesOfFunction({ args, ...node }: FunctionDef | Lambda): BlockNames {
  const block = openBlock();
  for (const { arg } of allArguments(args)) block.use(arg.name, { isParameter: true });
  readBlock(block, node.type === "Lambda" ? [node.body] : node.body);
  return namesIn(block);
}

/** A function's block in a module of its own, whose names are not those of the block. */
function openBlock(): ScopeDraft {
  return new ScopeDraft("function", "block", moduleOf([]), new ScopeDraft("module", "top", moduleOf([]), undefined));
}

function namesIn({ names }: ScopeDraft): BlockNames {
  const found = { locals: new Set<string>(), globals: new Set<string>(), nonlocals: new Set<string>() };
  for (const [name, use] of names) {
    if (use.declaredGlobal) found.globals.add(name);
    else if (use.declaredNonlocal) found.nonlocals.add(name);
    else if (use.isAssigned || use.isImported || use.isParameter) found.locals.add(name);
  }
  return found;
}

function moduleOf(body: readonly Stmt[]): Module {
  return { type: "Module", start: body[0]?.start ?? 0, end: body.at(-1)?.end ?? 0, body, errors: [], comments: [] };
}
