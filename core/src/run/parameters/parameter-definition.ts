import type { Cell, Notebook } from "../../notebook/model.ts";
import type * as ast from "../../python/ast.ts";
import { literalValue } from "./literal-value.ts";
import { type ParameterValue, PythonFloat } from "./parameter-value.ts";

export type ParameterType = "str" | "int" | "float" | "bool" | "list" | "dict";

/** A parameter of a notebook: an assignment of its cell tagged `parameters`. */
export interface ParameterDefinition {
  readonly name: string;
  /** From the annotation, else from the default; absent where neither says. */
  readonly type?: ParameterType;
  /** None may be given: the annotation says so, or the default is None. */
  readonly optional: boolean;
  /** Where the default is a literal. */
  readonly default?: ParameterValue;
  readonly help: string;
}

/** The first cell with a tag, as papermill takes it. */
export function firstTagged(notebook: Notebook, tag: string): Cell | undefined {
  return notebook.cells.find((cell) => cell.tags.includes(tag));
}

/** What a parameters cell defines, in its order: a name that is assigned again has its last value. */
export function parameterDefinitions(source: string, module: ast.Module): ParameterDefinition[] {
  const found = new Map<string, ParameterDefinition>();
  for (const statement of module.body) {
    const assignments = assignmentsOf(statement);
    for (const { name, annotation, value } of assignments) {
      const literal = value && literalValue(value);
      const declared = annotation && annotatedType(annotation);
      const type = declared?.type ?? typeOf(literal);
      found.set(name, {
        name,
        ...(type && { type }),
        optional: (declared?.optional ?? false) || literal === null || type === undefined,
        ...(literal !== undefined && { default: literal }),
        help: helpAfter(source, module, statement.end),
      });
    }
  }
  return [...found.values()];
}

interface Assignment {
  readonly name: string;
  readonly annotation?: ast.Expr;
  readonly value?: ast.Expr;
}

function assignmentsOf(statement: ast.Stmt): Assignment[] {
  if (statement.type === "AnnAssign" && statement.target.type === "Name") {
    const { target, annotation, value } = statement;
    return [{ name: target.id, annotation, ...(value && { value }) }];
  }
  if (statement.type !== "Assign") return [];
  return statement.targets.flatMap((target) => {
    if (target.type === "Name") return [{ name: target.id, value: statement.value }];
    if (target.type !== "Tuple" && target.type !== "List") return [];
    const values = statement.value.type === "Tuple" || statement.value.type === "List" ? statement.value.elts : [];
    return target.elts.flatMap((element, index) => {
      const value = values.length === target.elts.length ? values[index] : undefined;
      return element.type === "Name" ? [{ name: element.id, ...(value && { value }) }] : [];
    });
  });
}

const typesByName: Readonly<Record<string, ParameterType>> = {
  str: "str",
  int: "int",
  float: "float",
  bool: "bool",
  list: "list",
  List: "list",
  Sequence: "list",
  tuple: "list",
  Tuple: "list",
  dict: "dict",
  Dict: "dict",
  Mapping: "dict",
};

function annotatedType(annotation: ast.Expr): { type?: ParameterType; optional: boolean } | undefined {
  switch (annotation.type) {
    case "Name":
      return named(annotation.id);
    case "Attribute":
      return named(annotation.attr.name);
    case "Constant":
      return annotation.kind === "none" ? { optional: true } : named(String(annotation.value));
    case "Subscript": {
      const outer = annotation.value;
      const name = outer.type === "Name" ? outer.id : outer.type === "Attribute" ? outer.attr.name : "";
      if (name === "Optional") return { ...annotatedType(annotation.slice), optional: true };
      return named(name);
    }
    case "BinOp": {
      if (annotation.op !== "|") return undefined;
      const sides = [annotatedType(annotation.left), annotatedType(annotation.right)];
      const types = sides.flatMap((side) => (side?.type ? [side.type] : []));
      const optional = sides.some((side) => side?.optional);
      return types.length === 1 && types[0] && optional ? { type: types[0], optional } : { optional };
    }
    default:
      return undefined;
  }
}

function named(name: string): { type: ParameterType; optional: boolean } | undefined {
  const type = typesByName[name];
  return type && { type, optional: false };
}

/** The type that a default gives a parameter; undefined where it gives none. */
export function typeOf(value: ParameterValue | undefined): ParameterType | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (value instanceof PythonFloat) return "float";
  return Array.isArray(value) ? "list" : "dict";
}

/** The comment on the line where a statement ends. */
function helpAfter(source: string, module: ast.Module, end: number): string {
  const comment = module.comments.find(({ start }) => start >= end && !source.slice(end, start).includes("\n"));
  return comment ? comment.text.replace(/^#+\s*(type:\s*\S+\s*)?/, "").trim() : "";
}
