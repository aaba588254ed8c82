import type {
  Arguments,
  Comp,
  Comprehension,
  DictComp,
  Expr,
  Identifier,
  Module,
  Name,
  Pattern,
  TypeParam,
} from "./ast.ts";
import { ScopeDraft } from "./scope-draft.ts";
import { children, type TypedNode } from "./walk.ts";

/** A node that waits to be read in a block, or a block that waits to be opened behind what stands before it. */
type Waiting = { readonly scope: ScopeDraft; readonly node: TypedNode } | (() => readonly Waiting[]);
type FunctionNode = Extract<TypedNode, { type: "FunctionDef" | "AsyncFunctionDef" | "Lambda" }>;
type ClassNode = Extract<TypedNode, { type: "ClassDef" }>;
type AliasNode = Extract<TypedNode, { type: "TypeAlias" }>;

/**
 * Notes in a block, and in the blocks that it opens in it, how the statements use names. In the order of CPython's
 * `symtable.c`; uses no recursion, so that expressions may nest as deeply as they like.
 */
export function readBlock(top: ScopeDraft, body: readonly TypedNode[]): void {
  const stack: Waiting[] = inside(top, body).reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const following = typeof next === "function" ? next() : readNode(next.scope, next.node);
    for (let at = following.length - 1; at >= 0; at--) stack.push(following[at] as Waiting);
  }
}

function inside(scope: ScopeDraft, nodes: Iterable<TypedNode | undefined>): Waiting[] {
  const waiting: Waiting[] = [];
  for (const node of nodes) if (node !== undefined) waiting.push({ scope, node });
  return waiting;
}

/** Notes what a node itself does, and answers with what is to be read next. */
function readNode(scope: ScopeDraft, node: TypedNode): readonly Waiting[] {
  switch (node.type) {
    case "Name":
      scope.use(node.id, { isReferenced: true });
      if (node.id === "super" && runsAsFunction.has(scope.kind)) scope.use("__class__", { isReferenced: true });
      return [];
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "Lambda":
      return readFunction(scope, node);
    case "ClassDef":
      return readClass(scope, node);
    case "TypeAlias":
      return readAlias(scope, node);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
    case "DictComp":
      return readComprehension(scope, node);
    case "NamedExpr":
      bindWalrus(scope, node.target.id);
      return inside(scope, [node.value]);
    case "Global":
    case "Nonlocal":
      for (const declared of node.names) {
        const { name } = declared;
        noteDeclaration(scope, declared, node.type === "Global" ? "global" : "nonlocal");
        scope.use(name, node.type === "Global" ? { declaredGlobal: true } : { declaredNonlocal: true });
        if (node.type === "Global") scope.module.use(scope.mangled(name), { declaredGlobal: true });
      }
      return [];
    default:
      return readBinding(scope, node) ?? inside(scope, children(node));
  }
}

/** Blocks that CPython runs as functions: `super` in them looks for the class around. */
const runsAsFunction: ReadonlySet<string> = new Set(["function", "lambda", "comprehension"]);

/** A declaration stands before whatever else its block does with the name, and in no module where it is `nonlocal`. */
function noteDeclaration(scope: ScopeDraft, { name, start, end }: Identifier, kind: "global" | "nonlocal"): void {
  const refuse = (message: string) => scope.problems.push({ start, end, message });
  const known = scope.names.get(scope.mangled(name));
  if (kind === "nonlocal" && scope.kind === "module") refuse("nonlocal declaration not allowed at module level");
  else if (known?.isParameter) refuse(`name '${name}' is parameter and ${kind}`);
  else if (known?.isAnnotated) refuse(`annotated name '${name}' can't be ${kind}`);
  else if (known?.isAssigned) refuse(`name '${name}' is assigned to before ${kind} declaration`);
  else if (known?.isReferenced) refuse(`name '${name}' is used prior to ${kind} declaration`);
  else if (kind === "nonlocal" ? known?.declaredGlobal : known?.declaredNonlocal)
    refuse(`name '${name}' is nonlocal and global`);
  if (kind === "nonlocal") scope.nonlocals.push({ name, start, end });
}

/** Statements and patterns that bind names; undefined for all others. */
function readBinding(scope: ScopeDraft, node: TypedNode): readonly Waiting[] | undefined {
  switch (node.type) {
    case "Assign":
      return [...inside(scope, [node.value]), ...node.targets.flatMap((target) => bindTarget(scope, target))];
    case "AugAssign":
      return [...inside(scope, [node.value]), ...bindTarget(scope, node.target)];
    case "AnnAssign": {
      // In parentheses and without a value, a name is not bound.
      const isBound = node.value !== undefined || node.start === node.target.start;
      const known = node.target.type === "Name" ? scope.names.get(scope.mangled(node.target.id)) : undefined;
      if (scope.kind !== "module" && (known?.declaredGlobal || known?.declaredNonlocal)) {
        const message = `annotated name '${(node.target as Name).id}' can't be ${known.declaredGlobal ? "global" : "nonlocal"}`;
        scope.problems.push({ start: node.start, end: node.end, message });
      }
      if (node.target.type === "Name" && isBound) scope.use(node.target.id, { isAnnotated: true, isAssigned: true });
      const target = node.target.type === "Name" ? [] : bindTarget(scope, node.target);
      return [...target, ...inside(scope, [annotation(scope, node.annotation), node.value])];
    }
    case "For":
    case "AsyncFor":
      return [...bindTarget(scope, node.target), ...inside(scope, [node.iter, ...node.body, ...node.orelse])];
    case "With":
    case "AsyncWith":
      return [
        ...node.items.flatMap(({ context_expr, optional_vars }) => [
          ...inside(scope, [context_expr]),
          ...(optional_vars ? bindTarget(scope, optional_vars) : []),
        ]),
        ...inside(scope, node.body),
      ];
    case "Delete":
      return node.targets.flatMap((target) => bindTarget(scope, target));
    case "Import":
    case "ImportFrom":
      for (const { name, asname } of node.names) {
        if (name === "*") continue;
        const bound = asname?.name ?? (node.type === "Import" ? (name.split(".", 1)[0] as string) : name);
        scope.use(bound, { isImported: true });
      }
      return [];
    case "Try":
    case "TryStar":
      for (const { name } of node.handlers) if (name) scope.use(name.name, { isAssigned: true });
      return inside(scope, [
        ...node.body,
        ...node.orelse,
        ...node.handlers.flatMap(({ exceptionType, body }) => [exceptionType, ...body]),
        ...node.finalbody,
      ]);
    default: {
      const captured = capturedName(node as Pattern);
      if (captured !== undefined) scope.use(captured, { isAssigned: true });
      return undefined;
    }
  }
}

function capturedName(node: Pattern): string | undefined {
  if (node.type === "MatchAs" || node.type === "MatchStar") return node.name?.name;
  return node.type === "MatchMapping" ? node.rest?.name : undefined;
}

function bindTarget(scope: ScopeDraft, target: Expr): readonly Waiting[] {
  const rest: Waiting[] = [];
  const waiting = [target];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === "Name") scope.use(next.id, { isAssigned: true });
    else if (next.type === "Starred") waiting.push(next.value);
    else if (next.type === "Tuple" || next.type === "List") for (const elt of next.elts.toReversed()) waiting.push(elt);
    else rest.push({ scope, node: next });
  }
  return rest;
}

/** A walrus in a comprehension binds in the block around it. */
function bindWalrus(scope: ScopeDraft, name: string): void {
  let home = scope;
  while (home.kind === "comprehension" && home.parent !== undefined) home = home.parent;
  if (home === scope) {
    scope.use(name, { isAssigned: true });
    return;
  }
  const isGlobal = home.kind === "module" || home.names.get(home.mangled(name))?.declaredGlobal === true;
  scope.use(name, { isAssigned: true, ...(isGlobal ? { declaredGlobal: true } : { declaredNonlocal: true }) });
  home.use(name, { isAssigned: true, ...(home.kind === "module" ? { declaredGlobal: true } : {}) });
}

/** An annotation, unless `from __future__ import annotations` keeps it a text. */
function annotation(scope: ScopeDraft, node: Expr | undefined): Expr | undefined {
  return isPostponed(scope.module.node as Module) ? undefined : node;
}

const postponed = new WeakMap<Module, boolean>();

function isPostponed(module: Module): boolean {
  let known = postponed.get(module);
  if (known === undefined) {
    known = module.body.some(
      (node) =>
        node.type === "ImportFrom" &&
        node.module === "__future__" &&
        node.names.some(({ name }) => name === "annotations"),
    );
    postponed.set(module, known);
  }
  return known;
}

function readFunction(scope: ScopeDraft, node: FunctionNode): readonly Waiting[] {
  const isLambda = node.type === "Lambda";
  const all = allArguments(node.args);
  if (!isLambda) scope.use(node.name.name, { isAssigned: true });
  const defaults = inside(
    scope,
    all.map((arg) => arg.default),
  );
  const decorators = isLambda ? [] : inside(scope, node.decorator_list);
  return [
    ...defaults,
    ...decorators,
    () => {
      const { around, waiting } = openTypeParameters(scope, node, isLambda ? [] : node.type_params);
      const annotations = isLambda ? [] : [...all.map((arg) => arg.annotation), node.returns];
      waiting.push(
        ...inside(
          around,
          annotations.map((each) => annotation(scope, each)),
        ),
      );
      waiting.push(() => {
        const inner = new ScopeDraft(
          isLambda ? "lambda" : "function",
          isLambda ? "lambda" : node.name.name,
          node,
          around,
        );
        for (const { arg } of all) inner.use(arg.name, { isParameter: true });
        return inside(inner, isLambda ? [node.body] : node.body);
      });
      return waiting;
    },
  ];
}

/** Every parameter, in the order in which CPython reads their annotations. */
export function allArguments({ posonlyargs, args, vararg, kwonlyargs, kwarg }: Arguments): Arguments["args"] {
  return [...posonlyargs, ...args, vararg, ...kwonlyargs, kwarg].filter((arg) => arg !== undefined);
}

function readClass(scope: ScopeDraft, node: ClassNode): readonly Waiting[] {
  scope.use(node.name.name, { isAssigned: true });
  return [
    ...inside(scope, node.decorator_list),
    () => {
      const { around, waiting } = openTypeParameters(scope, node, node.type_params);
      waiting.push(...inside(around, [...node.bases, ...node.keywords.map(({ value }) => value)]));
      waiting.push(() => inside(new ScopeDraft("class", node.name.name, node, around), node.body));
      return waiting;
    },
  ];
}

function readAlias(scope: ScopeDraft, node: AliasNode): readonly Waiting[] {
  scope.use(node.name.id, { isAssigned: true });
  const { around, waiting } = openTypeParameters(scope, node, node.type_params);
  waiting.push(() => inside(new ScopeDraft("type-alias", node.name.id, node, around), [node.value]));
  return waiting;
}

/** The block that holds type parameters, around what has some: `scope` itself where there are none. */
function openTypeParameters(
  scope: ScopeDraft,
  node: FunctionNode | ClassNode | AliasNode,
  parameters: readonly TypeParam[],
): { readonly around: ScopeDraft; readonly waiting: Waiting[] } {
  if (parameters.length === 0 || node.type === "Lambda") return { around: scope, waiting: [] };
  const name = node.type === "TypeAlias" ? node.name.id : node.name.name;
  const around = new ScopeDraft("type-parameters", name, node, scope);
  for (const parameter of parameters) around.use(parameter.name.name, { isAssigned: true });
  const waiting = parameters.flatMap(({ name: { name }, bound, default_value }) =>
    [bound, default_value].flatMap((value): Waiting[] =>
      value === undefined ? [] : [() => inside(new ScopeDraft("type-variable", name, node, around), [value])],
    ),
  );
  return { around, waiting };
}

function readComprehension(scope: ScopeDraft, node: Comp | DictComp): readonly Waiting[] {
  const [outermost, ...others] = node.generators;
  return [
    ...inside(scope, [outermost?.iter]),
    () => {
      const inner = new ScopeDraft("comprehension", names[node.type], node, scope);
      inner.use(".0", { isParameter: true });
      return [
        ...(outermost ? readClause(inner, outermost) : []),
        ...others.flatMap((clause) => [...inside(inner, [clause.iter]), ...readClause(inner, clause)]),
        ...inside(inner, node.type === "DictComp" ? [node.key, node.value] : [node.elt]),
      ];
    },
  ];
}

const names = { ListComp: "listcomp", SetComp: "setcomp", GeneratorExp: "genexpr", DictComp: "dictcomp" } as const;

function readClause(scope: ScopeDraft, clause: Comprehension): readonly Waiting[] {
  return [...bindTarget(scope, clause.target), ...inside(scope, clause.ifs)];
}
