import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { argumentsOf, isRepeatable, type OwnFunctions, placeText, rootName } from "./repeatable.ts";
import { isSettledMethod, settledArgument } from "./settled-calls.ts";
import { columnsIn, noReads, readsOf } from "./table-reads.ts";
import type { TableStep } from "./table-steps.ts";

/** Functions of the notebook, and what they do to tables. */
export interface TableFunctions extends OwnFunctions {
  /** What one does to one of its arguments, which it gives back; nothing where it may be something else. */
  stepsOf(name: string, argument: number | string, depth: number): readonly TableStep[] | undefined;
}

/** Functions that show something and change nothing. */
const showing = /^(?:print|display|len|isinstance|str|repr)$/;

const rowMethods: Readonly<Record<string, TableStep["rows"]>> = {
  sort_values: "order",
  sort_index: "order",
  drop_duplicates: "order",
  reset_index: "order",
  dropna: "missing",
  query: "filter",
};

/** One call, or one pair of brackets, of a chain: what it does, and to what. */
interface Link {
  readonly steps: readonly TableStep[];
  readonly of: ast.Expr;
}

/** Something that can be done again to every value: conversions, gaps that are filled. */
const anyColumn: TableStep = { reads: noReads, writes: ["*"] };

/** Reads what statements do to a table, one after the other. */
export class StepReader {
  readonly #functions: TableFunctions;
  readonly #python: string;
  readonly #depth: number;
  /** Names that hold the table. */
  readonly #tables: Set<string>;
  /** Names that hold something of it, and may share its memory. */
  readonly #parts = new Set<string>();

  constructor(functions: TableFunctions, python: string, table: string, depth: number) {
    this.#functions = functions;
    this.#python = python;
    this.#depth = depth;
    this.#tables = new Set([table]);
  }

  /** The steps of a block; nothing where one of its statements is not understood. */
  block(body: readonly ast.Stmt[]): readonly TableStep[] | undefined {
    const steps: TableStep[] = [];
    for (const statement of body) {
      const some = this.#statement(statement);
      if (some === undefined) return undefined;
      steps.push(...some);
    }
    return steps;
  }

  #statement(node: ast.Stmt): readonly TableStep[] | undefined {
    switch (node.type) {
      case "Pass":
      case "Import":
      case "ImportFrom":
      case "Raise":
      case "Assert":
        return [];
      case "Expr":
        return this.#alone(node.value);
      case "Return":
        return node.value && this.chain(node.value);
      case "Assign":
        return node.targets.length === 1 && node.targets[0] ? this.#assign(node.targets[0], node.value) : undefined;
      case "AnnAssign":
        return node.value && this.#assign(node.target, node.value);
      case "AugAssign":
        return this.#isOfTable(node.target) ? undefined : [this.#reading(node.value)];
      case "If":
        return this.#blocks(this.#asking(node.test), [node.body, node.orelse]);
      case "For":
        return node.target.type === "Name"
          ? this.#blocks(this.#reading(node.iter), [node.body, node.orelse])
          : undefined;
      default:
        return undefined;
    }
  }

  #blocks(first: TableStep, blocks: readonly (readonly ast.Stmt[])[]): readonly TableStep[] | undefined {
    const each = blocks.map((body) => this.block(body));
    return each.every((steps) => steps !== undefined) ? [first, ...each.flat()] : undefined;
  }

  /** A text, `print(df)`, `df.fillna(0, inplace=True)`, or something that has nothing to do with the table. */
  #alone(value: ast.Expr): readonly TableStep[] | undefined {
    if (value.type === "Call") {
      if (value.func.type === "Name" && showing.test(value.func.id)) return [];
      const isInPlace = value.keywords.some(({ arg }) => arg?.name === "inplace");
      if (isInPlace) return this.chain(value);
    }
    return this.#isOfTable(value) ? undefined : [];
  }

  #assign(target: ast.Expr, value: ast.Expr): readonly TableStep[] | undefined {
    if (target.type === "Name") {
      const steps = this.chain(value);
      if (steps !== undefined) this.#tables.add(target.id);
      else if (this.#tables.has(target.id)) return undefined;
      else if (this.#isOfTable(value)) this.#parts.add(target.id);
      return steps ?? [this.#reading(value)];
    }
    const root = rootName(target);
    if (root === undefined || !this.#tables.has(root))
      return this.#isOfTable(target) ? undefined : [this.#reading(value)];
    const columns = this.#columnOf(target);
    return columns && [this.#overwriting(target, columns, value)];
  }

  /** `df["b"] = ...`, which may read `df["b"]` where that can be done again. */
  #overwriting(target: ast.Expr, writes: readonly string[], value: ast.Expr): TableStep {
    const place = placeText(this.#python, target);
    const canReadOwn = isRepeatable(this.#python, value, place, this.#functions) === "same";
    const isOwn = (part: ast.Expr) => canReadOwn && placeText(this.#python, part) === place;
    const reads = readsOf(value, this.#tables, isOwn);
    const isOfOthers = reads.isWhole || reads.columns.size > 0;
    return { reads: { ...reads, isCollective: reads.isCollective && (!canReadOwn || isOfOthers) }, writes };
  }

  /** The columns that a target means: `df["a"]`, `df.a`, `df[["a", "b"]]`, `df.loc[rows, "a"]`; `*` where nobody knows. */
  #columnOf(target: ast.Expr): readonly string[] | undefined {
    if (target.type === "Attribute" && target.value.type === "Name")
      return /^(?:columns|index)$/.test(target.attr.name) ? undefined : [target.attr.name];
    if (target.type !== "Subscript") return undefined;
    const { value, slice } = target;
    if (value.type === "Name") return columnsIn(slice) ?? (slice.type === "Name" ? ["*"] : undefined);
    // Which rows it writes to must not hang on the table.
    const isLoc = value.type === "Attribute" && value.attr.name === "loc" && value.value.type === "Name";
    return isLoc && slice.type === "Tuple" && !this.#isOfTable(slice) ? columnsIn(slice) : undefined;
  }

  /**
   * The steps of an expression that gives the table again: `df.copy()`, `df[df["a"] > 0].assign(b=1)`, `clean(df)`.
   * Nothing where it gives something else.
   */
  chain(value: ast.Expr): readonly TableStep[] | undefined {
    const links: (readonly TableStep[])[] = [];
    let at = value;
    while (at.type !== "Name") {
      const link = this.#link(at);
      if (link === undefined) return undefined;
      links.push(link.steps);
      at = link.of;
    }
    return this.#tables.has(at.id) ? links.reverse().flat() : undefined;
  }

  #link(node: ast.Expr): Link | undefined {
    if (node.type === "Attribute")
      return /^(?:str|dt|cat|loc)$/.test(node.attr.name) ? { steps: [], of: node.value } : undefined;
    if (node.type === "Subscript") {
      const step = this.#taking(node.slice);
      return step && { steps: [step], of: node.value };
    }
    if (node.type !== "Call") return undefined;
    if (node.func.type === "Attribute" && this.#isOfTable(node.func.value)) {
      const steps = this.#method(node.func.attr.name, node);
      return steps && { steps, of: node.func.value };
    }
    return this.#function(node);
  }

  /** `df[["a", "b"]]`, `df[df["a"] > 0]`. */
  #taking(key: ast.Expr): TableStep | undefined {
    if (key.type === "List") {
      const keeps = columnsIn(key);
      return keeps && { reads: noReads, keeps };
    }
    const isMask = key.type === "Compare" || key.type === "BinOp" || key.type === "UnaryOp" || key.type === "Call";
    return isMask ? { reads: readsOf(key, this.#tables), rows: "filter" } : undefined;
  }

  #method(name: string, node: ast.Call): readonly TableStep[] | undefined {
    if (name === "copy") return [];
    if (name === "assign") return this.#assigned(node);
    if (name === "rename") return renamed(node);
    if (!isSettledMethod(name, node)) return undefined;
    if (name === "drop") return dropped(node);
    const rows = rowMethods[name];
    if (rows !== undefined) return [{ ...this.#readingArguments(node), rows }];
    // Once gaps are filled, what they would be filled with does not matter.
    return [name === "fillna" ? anyColumn : { ...this.#readingArguments(node), writes: ["*"] }];
  }

  /** `df.assign(b=df["a"] * 2, c=lambda d: d["b"] + 1)`: one after the other. */
  #assigned({ args, keywords }: ast.Call): readonly TableStep[] | undefined {
    if (args.length > 0) return undefined;
    const steps = keywords.map(({ arg, value }): TableStep | undefined => {
      if (arg === undefined) return undefined;
      if (value.type !== "Lambda") return { ...this.#reading(value), writes: [arg.name] };
      const parameter = value.args.args[0]?.arg.name;
      const tables = new Set([...this.#tables, ...(parameter === undefined ? [] : [parameter])]);
      return { reads: readsOf(value.body, tables), writes: [arg.name] };
    });
    return steps.every((step) => step !== undefined) ? steps : undefined;
  }

  /** `clean(df)`, of the notebook or of a library. */
  #function(node: ast.Call): Link | undefined {
    const given = argumentsOf(node).filter(({ value }) => this.#isOfTable(value));
    const [only] = given;
    if (only === undefined || given.length > 1) return undefined;
    if (settledArgument(this.#python, node) === only.value) return { steps: [anyColumn], of: only.value };
    const name = node.func.type === "Name" ? node.func.id : "";
    const steps = this.#functions.stepsOf(name, only.argument, this.#depth + 1);
    return steps && { steps, of: only.value };
  }

  #reading(value: ast.Expr): TableStep {
    return { reads: readsOf(value, this.#tables) };
  }

  /** What a condition reads: whether a column is there does not matter where what is done then can be done again. */
  #asking(test: ast.Expr): TableStep {
    const isOfColumns = test.type === "Compare" && test.ops.every((op) => op === "in" || op === "not in");
    return isOfColumns ? { reads: noReads } : this.#reading(test);
  }

  #readingArguments({ args, keywords }: ast.Call): TableStep {
    const each = [...args, ...keywords.map(({ value }) => value)].map((value) => readsOf(value, this.#tables));
    return {
      reads: {
        columns: new Set(each.flatMap(({ columns }) => [...columns])),
        isWhole: each.some(({ isWhole }) => isWhole),
        isCollective: each.some(({ isCollective }) => isCollective),
      },
    };
  }

  /** Whether an expression has to do with the table or with a part of it. */
  #isOfTable(value: ast.Expr): boolean {
    return walk(value).some(
      ({ node }) => node.type === "Name" && (this.#tables.has(node.id) || this.#parts.has(node.id)),
    );
  }
}

/** `df.rename(columns={"a": "b"})`: where there is no `a` any more, nothing is renamed. */
function renamed({ args, keywords }: ast.Call): readonly TableStep[] | undefined {
  const [only] = keywords;
  if (args.length > 0 || keywords.length !== 1 || only?.arg?.name !== "columns" || only.value.type !== "Dict")
    return undefined;
  const { keys, values } = only.value;
  const removes = keys.map((key) => key && columnsIn(key)?.[0]);
  const writes = values.map((value) => columnsIn(value)?.[0]);
  const isKnown = (names: readonly (string | undefined)[]): names is readonly string[] => !names.includes(undefined);
  return isKnown(removes) && isKnown(writes) ? [{ reads: noReads, removes, writes }] : undefined;
}

/** `df.drop(columns=["a"], errors="ignore")`. */
function dropped({ args, keywords }: ast.Call): readonly TableStep[] | undefined {
  const given = (name: string) => keywords.find(({ arg }) => arg?.name === name)?.value;
  const axis = given("axis");
  const isOfColumns = axis?.type === "Constant" && (axis.value === "columns" || Number(axis.value) === 1);
  const labels = given("columns") ?? (isOfColumns ? (args[0] ?? given("labels")) : undefined);
  const removes = labels && columnsIn(labels);
  return removes && [{ reads: noReads, removes }];
}
