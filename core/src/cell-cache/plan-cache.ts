import type { Dataflow, NameValue, Statement, StatementId } from "../dataflow/model.ts";
import { cellOf } from "../dataflow/statement-id.ts";
import type * as ast from "../python/ast.ts";
import { type TypedNode, walk } from "../python/walk.ts";
import { unsteadyBecause } from "./steadiness.ts";

/** How a cell that is taken from the cache is made up for. */
export interface CachedCellPlan {
  readonly cell: number;
  /** The cells that decide what it gives, itself included, in the order in which they run. */
  readonly needed: readonly number[];
  /** Files that these read, as the code names them. */
  readonly files: readonly string[];
  /** Its imports and definitions, which run in any case: what they bind cannot be saved. */
  readonly light: string;
  /** The names whose values are saved, and given back together: what shares objects must go on sharing them. */
  readonly names: readonly string[];
}

/** A cell that can be cached, or why it cannot; `why` is absent where there is nothing in it to save. */
export type CacheVerdict = { readonly plan: CachedCellPlan } | { readonly plan?: undefined; readonly why?: string };

export interface CacheCircumstances {
  /** Cells that are not executed. */
  readonly skipped: ReadonlySet<number>;
  /** Every random stream is seeded before the first cell. */
  readonly isSeeded: boolean;
  /** Modules of the user's own: their code may change at any time. */
  readonly localModules: ReadonlySet<string>;
  /** Cells that other cells need; see `cellsNeeded`. */
  readonly cellsNeeded: (cells: Iterable<number>) => ReadonlySet<number>;
}

/** Names of IPython's history: what was not executed is not in it. */
const history = /^(?:_{1,3}|_\d+|_i+|_i\d+|In|Out|_ih|_oh|_dh)$/;

/**
 * Which cells of a notebook can be taken from an earlier run, and what has to be known for that. A cell can where all that
 * it and the cells that it needs do is known, repeatable, and within values that can be saved together. Nothing is
 * executed, and what is not sure counts as unknown.
 */
export function planCache(flow: Dataflow, circumstances: CacheCircumstances): ReadonlyMap<number, CacheVerdict> {
  const remembering = flow.statements.find(({ node }) => readsHistory(node));
  if (remembering !== undefined) {
    const why = `cell ${remembering.cell} uses IPython's history`;
    return new Map(flow.order.map((cell) => [cell, { why }]));
  }
  const unsteady = new Map(flow.order.map((cell) => [cell, reasonOf(flow, cell, circumstances)]));
  return new Map(flow.order.map((cell) => [cell, verdictOn(flow, cell, unsteady, circumstances)]));
}

/** `_` as the name of what nobody needs (`for _ in rows`) is bound, and no history. */
function readsHistory(statement: ast.Stmt): boolean {
  const steps = walk(statement);
  const bound = new Set(
    steps.flatMap(({ node }) => targetsOf(node)).flatMap((target) => walk(target).map(({ node }) => node)),
  );
  return steps.some(({ node }) => node.type === "Name" && history.test(node.id) && !bound.has(node));
}

function targetsOf(node: TypedNode): readonly ast.Expr[] {
  switch (node.type) {
    case "Assign":
      return node.targets;
    case "For":
    case "AsyncFor":
      return [node.target];
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return node.generators.map(({ target }) => target);
    default:
      return [];
  }
}

function reasonOf(
  flow: Dataflow,
  cell: number,
  { isSeeded, localModules, skipped }: CacheCircumstances,
): string | undefined {
  if (skipped.has(cell)) return "is not executed";
  for (const { node } of flow.statements.filter((statement) => statement.cell === cell)) {
    const modules =
      node.type === "Import"
        ? node.names.map(({ name }) => name)
        : node.type === "ImportFrom"
          ? [node.module ?? "."]
          : [];
    const own = modules.find((name) => localModules.has(name.split(".", 1)[0] as string) || name.startsWith("."));
    if (own !== undefined) return `imports ${own}, a module of your own`;
    if (node.type === "ImportFrom" && node.level > 0) return "imports a module of your own";
  }
  return unsteadyBecause(flow, cell, isSeeded);
}

function verdictOn(
  flow: Dataflow,
  cell: number,
  unsteady: ReadonlyMap<number, string | undefined>,
  { cellsNeeded }: CacheCircumstances,
): CacheVerdict {
  const statements = flow.statements.filter((statement) => statement.cell === cell);
  const last = statements.at(-1)?.id;
  const own = unsteady.get(cell);
  if (own !== undefined || last === undefined) return own === undefined ? {} : { why: own };
  const light = statements.filter(isLight);
  const changing = changeReason(flow, cell, statements);
  if (changing !== undefined) return { why: changing };
  const values = flow.valuesAfter(last);
  const bound = new Set(light.flatMap(({ accesses }) => accesses.map(({ place }) => place.name)));
  const heavy = statements.filter((statement) => !light.includes(statement));
  const names = new Set(
    heavy.flatMap(({ accesses }) => accesses.filter(({ kind }) => kind !== "read").map(({ place }) => place.name)),
  );
  const wrong =
    lightReason(light, values) ??
    [...names].map((name) => nameReason(name, bound, values)).find((why) => why !== undefined);
  if (wrong !== undefined) return { why: wrong };
  addSharing(flow, last, names);
  const view = flow.viewsAfter(last).find((group) => group.some((name) => names.has(name)));
  if (view !== undefined) return { why: `makes views of one memory: ${view.join(", ")}` };
  const definers = [...names].flatMap((name) => values.get(name)?.definedBy ?? []).map(cellOf);
  const needed = flow.order.filter((other) => cellsNeeded([cell, ...definers]).has(other));
  const later = needed.find((other) => flow.order.indexOf(other) > flow.order.indexOf(cell));
  if (later !== undefined) return { why: `needs cell ${later}, which comes later` };
  for (const other of needed) {
    const why = unsteady.get(other);
    if (why !== undefined) return { why: `needs cell ${other}, which ${why}` };
  }
  const files = flow.files.flatMap(({ place, statement, use }) =>
    use === "read" && place !== undefined && needed.includes(cellOf(statement)) ? [place] : [],
  );
  return {
    plan: { cell, needed, files: [...new Set(files)], light: lightSource(flow, light), names: [...names].sort() },
  };
}

/** What runs fast, and binds what cannot be saved. */
function isLight({ node }: Statement): boolean {
  if (node.type === "Import" || node.type === "ImportFrom") return true;
  return (node.type === "FunctionDef" || node.type === "ClassDef") && node.decorator_list.every(isPlainDecorator);
}

const plainDecorators: ReadonlySet<string> = new Set(["property", "staticmethod", "classmethod", "dataclass"]);

const isPlainDecorator = (node: { readonly type: string; readonly id?: string }): boolean =>
  node.type === "Name" && plainDecorators.has(node.id ?? "");

/** When definitions run, the values of the cells before may not be there yet. */
function lightReason(light: readonly Statement[], values: ReadonlyMap<string, NameValue>): string | undefined {
  for (const { accesses, calls, node } of light) {
    if (node.type === "FunctionDef" && calls.length > 0)
      return `makes values for the parameters of \`${node.name.name}\``;
    const read = accesses.find(({ kind, place }) => kind === "read" && !isCode(values.get(place.name)));
    if (read !== undefined) return `defines something with the value of \`${read.place.name}\``;
    const other = accesses.find(({ kind }) => kind === "change" || kind === "delete");
    if (other !== undefined) return `changes \`${other.place.name}\` in a definition`;
  }
  return undefined;
}

const codeTypes: ReadonlySet<string> = new Set(["types.ModuleType", "types.FunctionType", "builtins.type"]);

const isCode = (value: NameValue | undefined): boolean => value?.type !== undefined && codeTypes.has(value.type);

/** Code is bound anew by its definition: what else becomes of it would be lost. */
function nameReason(
  name: string,
  bound: ReadonlySet<string>,
  values: ReadonlyMap<string, NameValue>,
): string | undefined {
  if (isCode(values.get(name))) return `changes or makes code: \`${name}\``;
  return bound.has(name) ? `defines \`${name}\` and gives it a value` : undefined;
}

/** Effects on anything but values of the notebook's names. */
function changeReason(flow: Dataflow, cell: number, statements: readonly Statement[]): string | undefined {
  const ids = new Set<StatementId>(statements.map(({ id }) => id));
  if ((flow.cells.find((one) => one.cell.index === cell)?.translation.commands ?? []).length > 0)
    return "holds a command";
  const written = flow.files.find(({ statement, use }) => ids.has(statement) && use !== "read");
  if (written !== undefined) return `writes ${written.path ?? "a file"}`;
  const draw = flow.randomness.find(({ seeded, statement, use }) => ids.has(statement) && (use === "seed" || !seeded));
  if (draw !== undefined)
    return `${draw.use === "seed" ? "seeds" : "draws from"} a random stream (\`${draw.call.text}\`)`;
  const carried = flow.edges.find(
    ({ from, kind, name, to }) =>
      kind === "state" && ids.has(from) !== ids.has(to) && (ids.has(from) || ids.has(to)) && name !== "",
  );
  return carried && `shares the ${carried.name} with another cell`;
}

/** What shares objects is saved together, however far that goes. */
function addSharing(flow: Dataflow, last: StatementId, names: Set<string>): void {
  const groups = flow.sharingAfter(last);
  for (let before = 0; before !== names.size; ) {
    before = names.size;
    for (const group of groups) {
      if (group.names.some((name) => names.has(name))) for (const name of group.names) names.add(name);
    }
  }
}

function lightSource(flow: Dataflow, light: readonly Statement[]): string {
  return light
    .map(({ cell, node }) => {
      const python = flow.cells.find((one) => one.cell.index === cell)?.translation.python ?? "";
      return `${python.slice(node.start, node.end)}\n`;
    })
    .join("");
}
