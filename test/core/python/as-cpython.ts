/** Brings our tree into the shape that fixtures/dump_ast.py writes, so that the two can be compared. */

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

const leftOut = new Set(["start", "end", "type", "errors", "comments"]);
/** Fields that CPython has on nodes even where they are empty. */
const optional: Readonly<Record<string, readonly string[]>> = {
  FunctionDef: ["returns"],
  AsyncFunctionDef: ["returns"],
  Return: ["value"],
  AnnAssign: ["value"],
  Raise: ["exc", "cause"],
  Assert: ["msg"],
  ImportFrom: ["module"],
  alias: ["asname"],
  ExceptHandler: ["exceptionType", "name"],
  FormattedValue: ["conversion", "format_spec"],
  keyword: ["arg"],
  withitem: ["optional_vars"],
  Yield: ["value"],
  Slice: ["lower", "upper", "step"],
  match_case: ["guard"],
  MatchMapping: ["rest"],
  MatchStar: ["name"],
  MatchAs: ["pattern", "name"],
  type_param: ["bound", "default_value"],
};
/** Nodes that CPython gives no place, or another one on purpose. */
const placeless = new Set(["Module", "comprehension", "withitem", "match_case"]);
/** What the nodes in a field are called in CPython, where ours bear no type. */
const typeOf: Readonly<Record<string, string>> = {
  keywords: "keyword",
  generators: "comprehension",
  items: "withitem",
  handlers: "ExceptHandler",
  cases: "match_case",
  type_params: "type_param",
};

type Value =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | readonly Value[]
  | { readonly [key: string]: Value };

export function asCPython(value: Value, field = "", insideString = false): Plain {
  if (Array.isArray(value)) return value.map((each: Value) => asCPython(each, field, insideString));
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return `0x${value.toString(16)}`;
  if (typeof value !== "object") return value;
  const node = value as { readonly [key: string]: Value };
  const isAlias = field === "names" && "asname" in node ? true : field === "aliases";
  if (typeof node.name === "string" && !("type" in node) && !isAlias && field !== "aliases") return node.name;
  const type = (node.type as string | undefined) ?? (isAlias ? "alias" : typeOf[field]);
  if (field === "args" && "posonlyargs" in node) return parameters(node, insideString);
  const made: { [key: string]: Plain } = {};
  if (type !== undefined) made.type = type;
  const decorated = (node.decorator_list as readonly Value[] | undefined)?.length;
  if (type !== undefined && !placeless.has(type) && !insideString && !decorated) {
    made.at = [node.start as number, node.end as number];
  }
  const inside = insideString || type === "JoinedStr" || type === "TemplateStr";
  for (const [key, child] of Object.entries(node)) {
    if (leftOut.has(key)) continue;
    const isImport = type === "Import" || type === "ImportFrom";
    made[key] = asCPython(child, isImport && key === "names" ? "aliases" : key, inside);
  }
  for (const key of optional[type ?? ""] ?? []) made[key] ??= null;
  if (type === "Constant" && node.kind === "int")
    made.value = `0x${BigInt(node.value as number | bigint).toString(16)}`;
  if (
    type === "Constant" &&
    (node.kind === "float" || node.kind === "complex") &&
    node.value === Number.POSITIVE_INFINITY
  )
    made.value = "inf";
  if (type === "comprehension") made.is_async = node.is_async ? 1 : 0;
  return made;
}

function parameters(node: { readonly [key: string]: Value }, insideString: boolean): Plain {
  const one = (arg: Value): Plain => {
    if (arg === undefined || arg === null) return null;
    const each = arg as { readonly [key: string]: Value };
    return {
      arg: asCPython(each.arg, "arg"),
      annotation: asCPython(each.annotation, "annotation", insideString),
      default: asCPython(each.default, "default", insideString),
    };
  };
  const list = (args: Value) => (args as readonly Value[]).map(one);
  return {
    posonlyargs: list(node.posonlyargs),
    args: list(node.args),
    vararg: one(node.vararg),
    kwonlyargs: list(node.kwonlyargs),
    kwarg: one(node.kwarg),
  };
}
