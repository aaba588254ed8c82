import type { ImportTable } from "./import-table.ts";

/** A type as it is written in a signature, with the imports that it needs. */
export interface Annotation {
  readonly text: string;
  readonly imports: readonly string[];
}

const unknown: Annotation = { text: "Any", imports: ["from typing import Any"] };

/** How builtin types are written where nothing is known of what they hold. */
const builtins: Readonly<Record<string, string>> = {
  int: "int",
  float: "float",
  complex: "complex",
  bool: "bool",
  str: "str",
  bytes: "bytes",
  bytearray: "bytearray",
  range: "range",
  NoneType: "None",
  list: "list[Any]",
  dict: "dict[Any, Any]",
  set: "set[Any]",
  frozenset: "frozenset[Any]",
  tuple: "tuple[Any, ...]",
};

/** Types that people know by a name of their package's top module, as `pd.DataFrame`. */
const atTop: Readonly<Record<string, readonly string[]>> = {
  pandas: ["DataFrame", "Series", "Index", "Timestamp", "Categorical"],
  numpy: ["ndarray"],
  torch: ["Tensor"],
  polars: ["DataFrame", "Series", "LazyFrame"],
};

/**
 * The annotation of a qualified type (`pandas.DataFrame`, `builtins.int`, `notebook.Net`), written with names that the
 * notebook imports itself, so that the annotation can never be the reason why a module cannot be imported.
 * `Any` for a type that is unknown or that the notebook has no name for.
 */
export function annotate(
  type: string | undefined,
  imports: ImportTable,
  definitions: ReadonlyMap<string, string>,
): Annotation {
  if (type === undefined) return unknown;
  const dot = type.lastIndexOf(".");
  const module = type.slice(0, Math.max(dot, 0));
  const name = type.slice(dot + 1);
  if (module === "builtins" || module === "") {
    const text = builtins[name];
    if (text === undefined) return unknown;
    return { text, imports: text.includes("Any") ? unknown.imports : [] };
  }
  if (module === "notebook") {
    const home = definitions.get(name);
    return home === undefined ? unknown : { text: name, imports: [`from .${home} import ${name}`] };
  }
  const direct = imports.names.find(({ qualified }) => qualified === type);
  if (direct !== undefined) return { text: direct.bound, imports: [direct.text] };
  const alias = imports.names.find(({ qualified }) => qualified === module);
  if (alias !== undefined && (atTop[module] ?? []).includes(name)) {
    return { text: `${alias.bound}.${name}`, imports: [alias.text] };
  }
  return unknown;
}
