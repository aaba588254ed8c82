import type { CallSite, Dataflow, Statement } from "../dataflow/model.ts";
import { EffectCatalog } from "../effects/catalog.ts";
import type { Effect } from "../effects/effect.ts";
import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";

/**
 * Libraries whose calls give the same values again wherever the tables do not say otherwise. Those that compute on
 * accelerators, or leave the order of sums to threads, are not among them.
 */
const repeatable: ReadonlySet<string> = new Set(
  (
    "builtins notebook numpy pandas scipy sklearn statsmodels patsy matplotlib seaborn tabulate " +
    "math cmath statistics collections itertools functools operator re json csv datetime decimal fractions string " +
    "textwrap pathlib os.path copy bisect heapq types typing dataclasses enum abc zlib base64 hashlib io unicodedata"
  ).split(" "),
);

/** What a process has one of, and a call may only look at without being tied to the moment. */
const harmlessToRead: ReadonlySet<string> = new Set(["options", "warnings", "backend", "figure"]);

/** Types of which methods are known by their name alone, inside of functions, where the analysis keeps no types. */
const commonTypes = [
  ...["list", "dict", "set", "frozenset", "tuple", "str", "bytes", "int", "float"].map((name) => `builtins.${name}`),
  ...["pandas.DataFrame", "pandas.Series", "pandas.Index", "numpy.ndarray"],
];

const catalog = new EffectCatalog();

/** Why a cell may give other values when it runs again, or `undefined`: then it gives the same ones. */
export function unsteadyBecause(flow: Dataflow, cell: number, isSeeded: boolean): string | undefined {
  const statements = flow.statements.filter((statement) => statement.cell === cell);
  return (
    commandReason(flow, cell) ??
    first(statements, ({ undefinedReads }) =>
      firstOf(undefinedReads, ({ place }) => `reads \`${place.name}\`, which nothing binds`),
    ) ??
    first(statements, ({ calls }) => firstOf(calls, callReason)) ??
    first(statements, ({ node }) => referenceReason(flow, node)) ??
    first(statements, ({ node }) => bodyReason(flow, node)) ??
    first(statements, assumptionReason) ??
    first(statements, (statement) => drawReason(flow, statement, isSeeded)) ??
    first(statements, (statement) => fileReason(flow, statement))
  );
}

function first(
  statements: readonly Statement[],
  reason: (statement: Statement) => string | undefined,
): string | undefined {
  return firstOf(statements, reason);
}

function firstOf<T>(items: readonly T[], reason: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = reason(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function commandReason(flow: Dataflow, cell: number): string | undefined {
  const commands = flow.cells.find((one) => one.cell.index === cell)?.translation.commands ?? [];
  const bad = commands.find(({ meaning }) => meaning !== "display" && meaning !== "python");
  return bad && `holds the command \`${bad.name} ${bad.argument}\``.replace(" `", "`");
}

function callReason({ callee, effect, text }: CallSite): string | undefined {
  if (callee?.startsWith("notebook.")) return undefined;
  return effectReason(text, callee, effect);
}

function effectReason(text: string, callee: string | undefined, effect: Effect | undefined): string | undefined {
  if (callee === undefined || effect === undefined) return `calls \`${text}\`, of which nothing is known`;
  if (!isRepeatable(callee)) return `calls \`${text}\`, which may compute otherwise each time`;
  const use = effect.state?.find(({ state, use }) =>
    use === "change" ? state !== "figure" : !harmlessToRead.has(state),
  );
  if (use !== undefined)
    return `calls \`${text}\`, which ${use.use === "read" ? "looks at" : "changes"} the ${use.state}`;
  return undefined;
}

function isRepeatable(callee: string): boolean {
  const parts = callee.split(".");
  return repeatable.has(parts[0] as string) || repeatable.has(parts.slice(0, 2).join("."));
}

/** Builtins that reach what no analysis follows, or give what is of this process alone. */
const elusive: ReadonlySet<string> = new Set(
  "exec eval compile globals locals vars input __import__ breakpoint id hash setattr delattr memoryview".split(" "),
);

/** What is named without being called may be called by whoever is given it: `map(time.time, rows)`. */
function referenceReason(flow: Dataflow, statement: ast.Stmt): string | undefined {
  if (statement.type === "Import" || statement.type === "ImportFrom") return undefined;
  const steps = walk(statement);
  const called = new Set(steps.flatMap(({ node }) => (node.type === "Call" ? [node.func] : [])));
  const inner = new Set(steps.flatMap(({ node }) => (node.type === "Attribute" ? [node.value] : [])));
  for (const { node } of steps) {
    if ((node.type !== "Name" && node.type !== "Attribute") || inner.has(node)) continue;
    const path = dottedName(node);
    if (path === undefined) continue;
    const qualified = qualifiedName(flow, path);
    const text = path.join(".");
    if (qualified === undefined) {
      if (elusive.has(text)) return `uses \`${text}\``;
      continue;
    }
    if (path.length === 1 && flow.definitions.some(({ name }) => name === text)) continue;
    if (!isRepeatable(qualified)) return `uses \`${text}\`, which may be something else each time`;
    const effect = catalog.lookup(qualified);
    const state = effect?.state?.some((use) =>
      use.use === "change" ? use.state !== "figure" : !harmlessToRead.has(use.state),
    );
    if (state || (!called.has(node) && (effect?.files?.length || effect?.random))) return `uses \`${text}\``;
  }
  return undefined;
}

/** Calls inside of functions and classes, of which the analysis keeps what they do to values, not that they are made. */
function bodyReason(flow: Dataflow, statement: ast.Stmt): string | undefined {
  for (const { node } of walk(statement)) {
    if (
      node.type !== "FunctionDef" &&
      node.type !== "AsyncFunctionDef" &&
      node.type !== "ClassDef" &&
      node.type !== "Lambda"
    )
      continue;
    for (const { node: inner } of walk(node)) {
      if (inner.type === "Yield" || inner.type === "YieldFrom" || inner.type === "Await") return "holds a generator";
      if (inner.type === "Global" || inner.type === "Nonlocal")
        return "holds a function that binds names outside of it";
      const reason = inner.type === "Call" ? innerCallReason(flow, inner) : undefined;
      if (reason !== undefined) return reason;
    }
  }
  return undefined;
}

function innerCallReason(flow: Dataflow, { func }: ast.Call): string | undefined {
  const path = dottedName(func);
  const root = path?.[0];
  const own = flow.definitions.some(({ name }) => name === root);
  if (path !== undefined && root !== undefined) {
    const qualified = qualifiedName(flow, path);
    if (qualified !== undefined) return innerEffectReason(path.join("."), qualified);
    if (path.length === 1) {
      if (own || root === "super") return undefined;
      const builtin = catalog.lookup(`builtins.${root}`);
      return innerEffectReason(root, builtin === undefined ? undefined : `builtins.${root}`);
    }
  }
  if (func.type !== "Attribute") return "calls what is known only while it runs";
  const known = commonTypes.flatMap((type) => catalog.method(type, func.attr.name) ?? []);
  const isOwn = flow.definitions.some(({ kind, node }) => kind === "class" && hasMethod(node, func.attr.name));
  if (known.length === 0 && !isOwn) return `calls \`.${func.attr.name}\` in a function, of which nothing is known`;
  return firstOf(
    known,
    ({ qualified, effect }) => drawing(qualified, effect) ?? effectReason(func.attr.name, qualified, effect),
  );
}

function innerEffectReason(text: string, qualified: string | undefined): string | undefined {
  const effect = qualified === undefined ? undefined : catalog.lookup(qualified);
  if (qualified !== undefined && effect !== undefined && (effect.files?.length ?? 0) > 0)
    return `reads or writes a file in a function (\`${text}\`)`;
  return effectReason(text, qualified, effect) ?? (effect && drawing(text, effect));
}

/** In a function, whether a draw has a seed is not seen. */
function drawing(text: string, { random }: Effect): string | undefined {
  return random === undefined ? undefined : `draws random numbers in a function (\`${text}\`)`;
}

function hasMethod(node: ast.FunctionDef | ast.ClassDef, name: string): boolean {
  return node.body.some((part) => part.type === "FunctionDef" && part.name.name === name);
}

function dottedName(node: ast.Expr): readonly string[] | undefined {
  const parts: string[] = [];
  for (let at = node; ; at = at.value) {
    if (at.type === "Name") return [at.id, ...parts.reverse()];
    if (at.type !== "Attribute") return undefined;
    parts.push(at.attr.name);
  }
}

/** By the notebook's imports: `np.sqrt` is `numpy.sqrt`. */
function qualifiedName(flow: Dataflow, [root, ...rest]: readonly string[]): string | undefined {
  for (const { node } of flow.statements) {
    if (node.type === "Import") {
      const found = node.names.find(({ name, asname }) => (asname?.name ?? name.split(".", 1)[0]) === root);
      if (found) return [found.asname === undefined ? root : found.name, ...rest].join(".");
    } else if (node.type === "ImportFrom" && node.module != null) {
      const found = node.names.find(({ name, asname }) => (asname?.name ?? name) === root);
      if (found) return [node.module, found.name, ...rest].join(".");
    }
  }
  return undefined;
}

/** What the analysis assumes because it does not know; paths on which something happens or not are no assumption. */
function assumptionReason({ accesses }: Statement): string | undefined {
  const assumed = accesses.find(({ why }) => why !== undefined);
  return assumed && `may change \`${assumed.place.name}\` (${assumed.why})`;
}

function drawReason(flow: Dataflow, { id }: Statement, isSeeded: boolean): string | undefined {
  const draw = flow.randomness.find(({ statement, use, seeded }) => statement === id && use === "draw" && !seeded);
  if (draw === undefined || (isSeeded && draw.stream !== "own")) return undefined;
  const before = flow.statements.findIndex((statement) => statement.id === id);
  const isSeededBefore = flow.randomness.some(
    ({ statement, stream, use }) =>
      use === "seed" && stream === draw.stream && flow.statements.findIndex((one) => one.id === statement) < before,
  );
  return isSeededBefore ? undefined : `draws random numbers without a seed (\`${draw.call.text}\`)`;
}

function fileReason(flow: Dataflow, { id, calls }: Statement): string | undefined {
  const looks = calls.find(({ effect }) =>
    effect?.files?.some(({ use }) => use !== "read" && use !== "write" && use !== "append"),
  );
  if (looks !== undefined) return `looks at or makes files (\`${looks.text}\`)`;
  for (const { path, place, statement, use } of flow.files) {
    if (statement !== id || use !== "read") continue;
    if (path === undefined || place === undefined) return "reads a file whose path is known only while it runs";
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return `reads ${path}`;
    if (/[*?[\]]/.test(path)) return `reads whatever ${path} finds`;
    if (leavesFolder.test(path)) return `reads ${path}, which a link may lead elsewhere`;
    if (flow.files.some((other) => other.use !== "read" && isPossiblySame(other.place, place))) {
      return `reads ${path}, which the notebook may write`;
    }
  }
  return undefined;
}

/** Where a folder is a link, what is above it is above the place that it leads to. */
const leavesFolder = /(?:^|\/)(?!\.\.?\/)[^/]+\/+(?:\.\/+)*\.\.(?:\/|$)/;

/** One may be a folder that the other is in; a place that is not known may be any. */
function isPossiblySame(a: string | undefined, b: string): boolean {
  if (a === undefined || a === "" || b === "") return true;
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`) || a.startsWith("/") !== b.startsWith("/");
}
