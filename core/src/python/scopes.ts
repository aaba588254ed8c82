import type { Comp, Comprehension, DictComp, Expr, Module, Pattern, Stmt } from "./ast.ts";
import type { NameInScope, Scope } from "./scope.ts";
import { children, type TypedNode } from "./walk.ts";

/**
 * The blocks of a module and where each name in them lives, as CPython's `symtable` (3.11) tells it: class bodies are no
 * home for the functions in them, comprehensions are blocks of their own, a walrus in one binds outside of it, names
 * that begin with two underscores are mangled in classes.
 */
export function scopesOf(module: Module): Scope {
  const top = new Draft("module", "top", module, undefined);
  for (const statement of module.body) visit(top, statement);
  resolve(top, new Set(), new Set());
  return top;
}

interface Use {
  isParameter: boolean;
  isAssigned: boolean;
  isImported: boolean;
  isReferenced: boolean;
  declaredGlobal: boolean;
  declaredNonlocal: boolean;
  isAnnotated: boolean;
  home: NameInScope["home"];
}

class Draft implements Scope {
  readonly kind: Scope["kind"];
  readonly name: string;
  readonly node: Scope["node"];
  readonly names = new Map<string, Use>();
  readonly children: Draft[] = [];
  readonly parent: Draft | undefined;
  /** The class whose name mangles names in this block. */
  readonly mangler: string | undefined;

  constructor(kind: Scope["kind"], name: string, node: Scope["node"], parent: Draft | undefined) {
    this.kind = kind;
    this.name = name;
    this.node = node;
    this.parent = parent;
    this.mangler = kind === "class" ? name : parent?.mangler;
    parent?.children.push(this);
  }

  module(): Draft {
    let at: Draft = this;
    while (at.parent !== undefined) at = at.parent;
    return at;
  }

  use(name: string, how: Partial<Use>): void {
    const mangled = mangle(name, this.mangler);
    const known = this.names.get(mangled);
    if (known !== undefined) Object.assign(known, how);
    else this.names.set(mangled, { ...unused, ...how });
  }
}

const unused: Use = {
  isParameter: false,
  isAssigned: false,
  isImported: false,
  isReferenced: false,
  declaredGlobal: false,
  declaredNonlocal: false,
  isAnnotated: false,
  home: "local",
};

function mangle(name: string, owner: string | undefined): string {
  const bare = owner?.replace(/^_+/, "");
  if (!bare || !name.startsWith("__") || name.endsWith("__") || name.includes(".")) return name;
  return `_${bare}${name}`;
}

function visitAll(scope: Draft, nodes: Iterable<TypedNode | undefined>): void {
  for (const node of nodes) if (node !== undefined) visit(scope, node);
}

function visit(scope: Draft, node: TypedNode): void {
  switch (node.type) {
    case "Name":
      scope.use(node.id, { isReferenced: true });
      if (node.id === "super" && scope.kind === "function") scope.use("__class__", { isReferenced: true });
      return;
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "Lambda":
      visitFunction(scope, node);
      return;
    case "ClassDef":
      visitClass(scope, node);
      return;
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
    case "DictComp":
      visitComprehension(scope, node);
      return;
    case "NamedExpr":
      visit(scope, node.value);
      bindWalrus(scope, node.target.id);
      return;
    default:
      if (!bindsNames(scope, node)) visitAll(scope, children(node));
  }
}

/** Statements and patterns that bind names; true where the node was dealt with. */
function bindsNames(scope: Draft, node: TypedNode): boolean {
  switch (node.type) {
    case "Assign":
      visit(scope, node.value);
      for (const target of node.targets) bindTarget(scope, target);
      return true;
    case "AugAssign":
      visit(scope, node.value);
      bindTarget(scope, node.target);
      return true;
    case "AnnAssign":
      if (node.value) visit(scope, node.value);
      visit(scope, node.annotation);
      if (node.target.type === "Name") {
        scope.use(node.target.id, { isAnnotated: true, isAssigned: true });
      } else bindTarget(scope, node.target);
      return true;
    case "For":
    case "AsyncFor":
      visit(scope, node.iter);
      bindTarget(scope, node.target);
      visitAll(scope, [...node.body, ...node.orelse]);
      return true;
    case "With":
    case "AsyncWith":
      for (const item of node.items) {
        visit(scope, item.context_expr);
        if (item.optional_vars) bindTarget(scope, item.optional_vars);
      }
      visitAll(scope, node.body);
      return true;
    case "Delete":
      for (const target of node.targets) bindTarget(scope, target);
      return true;
    case "Import":
    case "ImportFrom":
      for (const { name, asname } of node.names) {
        if (name === "*") continue;
        const bound = asname?.name ?? (node.type === "Import" ? (name.split(".", 1)[0] as string) : name);
        scope.use(bound, { isImported: true });
      }
      return true;
    case "Global":
    case "Nonlocal":
      for (const { name } of node.names) {
        scope.use(name, node.type === "Global" ? { declaredGlobal: true } : { declaredNonlocal: true });
        if (node.type === "Global") scope.module().use(name, { declaredGlobal: true });
      }
      return true;
    case "Try":
    case "TryStar":
      visitAll(scope, [...node.body, ...node.orelse]);
      for (const { exceptionType, name, body } of node.handlers) {
        if (name) scope.use(name.name, { isAssigned: true });
        visitAll(scope, [exceptionType, ...body]);
      }
      visitAll(scope, node.finalbody);
      return true;
    case "TypeAlias":
      scope.use(node.name.id, { isAssigned: true });
      visit(scope, node.value);
      return true;
    default:
      return bindsCapture(scope, node);
  }
}

function bindsCapture(scope: Draft, node: TypedNode): boolean {
  const captured = capturedName(node as Pattern);
  if (captured !== undefined) scope.use(captured, { isAssigned: true });
  return false;
}

function capturedName(node: Pattern): string | undefined {
  if (node.type === "MatchAs" || node.type === "MatchStar") return node.name?.name;
  return node.type === "MatchMapping" ? node.rest?.name : undefined;
}

function bindTarget(scope: Draft, target: Expr): void {
  if (target.type === "Name") scope.use(target.id, { isAssigned: true });
  else if (target.type === "Starred") bindTarget(scope, target.value);
  else if (target.type === "Tuple" || target.type === "List") for (const each of target.elts) bindTarget(scope, each);
  else visit(scope, target);
}

/** A walrus in a comprehension binds in the block around it. */
function bindWalrus(scope: Draft, name: string): void {
  let home = scope;
  while (home.kind === "comprehension" && home.parent !== undefined) home = home.parent;
  if (home !== scope) {
    const isGlobal = home.kind === "module" || home.names.get(mangle(name, home.mangler))?.declaredGlobal === true;
    scope.use(name, { isAssigned: true, ...(isGlobal ? { declaredGlobal: true } : { declaredNonlocal: true }) });
  }
  if (home === scope || home.kind !== "module") home.use(name, { isAssigned: true });
  else home.use(name, { isAssigned: true, declaredGlobal: true });
}

function visitFunction(
  scope: Draft,
  node: Extract<TypedNode, { type: "FunctionDef" | "AsyncFunctionDef" | "Lambda" }>,
): void {
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const all = [...posonlyargs, ...args, vararg, ...kwonlyargs, kwarg].filter((arg) => arg !== undefined);
  const isLambda = node.type === "Lambda";
  if (!isLambda) {
    scope.use(node.name.name, { isAssigned: true });
    visitAll(scope, node.decorator_list);
    visitAll(scope, [node.returns]);
  }
  visitAll(
    scope,
    all.flatMap(({ annotation, default: value }) => [annotation, value]),
  );
  const inner = new Draft(isLambda ? "lambda" : "function", isLambda ? "lambda" : node.name.name, node, scope);
  for (const { arg } of all) inner.use(arg.name, { isParameter: true });
  if (isLambda) visit(inner, node.body);
  else {
    for (const { name } of node.type_params) inner.use(name.name, { isAssigned: true });
    visitAll(inner, node.body);
  }
}

function visitClass(scope: Draft, node: Extract<TypedNode, { type: "ClassDef" }>): void {
  scope.use(node.name.name, { isAssigned: true });
  visitAll(scope, [...node.decorator_list, ...node.bases, ...node.keywords.map(({ value }) => value)]);
  const inner = new Draft("class", node.name.name, node, scope);
  for (const { name } of node.type_params) inner.use(name.name, { isAssigned: true });
  visitAll(inner, node.body);
}

function visitComprehension(scope: Draft, node: Comp | DictComp): void {
  const [outermost, ...others] = node.generators;
  if (outermost) visit(scope, outermost.iter);
  const inner = new Draft("comprehension", names[node.type], node, scope);
  inner.use(".0", { isParameter: true });
  if (outermost) visitClause(inner, outermost);
  for (const clause of others) {
    visit(inner, clause.iter);
    visitClause(inner, clause);
  }
  visitAll(inner, node.type === "DictComp" ? [node.key, node.value] : [node.elt]);
}

const names = { ListComp: "listcomp", SetComp: "setcomp", GeneratorExp: "genexpr", DictComp: "dictcomp" } as const;

function visitClause(scope: Draft, clause: Comprehension): void {
  bindTarget(scope, clause.target);
  visitAll(scope, clause.ifs);
}

/**
 * Gives every name its home. `bound` are the names of the functions around, `declared` those that are declared global
 * around; answers with the names that are free here.
 */
function resolve(scope: Draft, bound: ReadonlySet<string>, declared: ReadonlySet<string>): Set<string> {
  const free = new Set<string>();
  const own = new Set<string>();
  const globals = new Set(declared);
  for (const [name, use] of scope.names) {
    const isBound = use.isAssigned || use.isImported || use.isParameter || (use.isAnnotated && scope.kind !== "module");
    if (use.declaredGlobal) {
      use.home = "global";
      globals.add(name);
    } else if (use.declaredNonlocal || (!isBound && bound.has(name) && !declared.has(name))) {
      use.home = "free";
      free.add(name);
    } else if (isBound) {
      use.home = "local";
      own.add(name);
      globals.delete(name);
    } else use.home = "global";
  }
  const isFunction = scope.kind !== "module" && scope.kind !== "class";
  const inside = new Set(bound);
  if (isFunction) {
    for (const name of own) inside.add(name);
    for (const [name, use] of scope.names) if (use.declaredGlobal) inside.delete(name);
  }
  if (scope.kind === "class") inside.add("__class__");
  for (const child of scope.children) {
    for (const name of resolve(child, inside, isFunction ? globals : declared)) {
      const use = scope.names.get(name);
      if (isFunction && own.has(name) && use !== undefined) use.home = "cell";
      else if (scope.kind === "class" && name === "__class__") continue;
      else {
        free.add(name);
        if (use === undefined) scope.names.set(name, { ...unused, home: "free" });
      }
    }
  }
  return free;
}

/** The global names that a statement or expression reads, binds or deletes by name, functions inside it included. */
export function globalNames(node: Stmt): ReadonlySet<string> {
  const top = scopesOf({ type: "Module", start: node.start, end: node.end, body: [node], errors: [], comments: [] });
  const found = new Set(top.names.keys());
  const waiting: Scope[] = [...top.children];
  for (let scope = waiting.pop(); scope !== undefined; scope = waiting.pop()) {
    for (const [name, use] of scope.names) if (use.home === "global") found.add(name);
    waiting.push(...scope.children);
  }
  return found;
}
