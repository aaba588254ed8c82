import type { ObservedType } from "../observation.ts";
import type { ImportTable } from "./import-table.ts";

/** A type as it is written in a signature, with the imports that it needs. */
export interface Annotation {
  readonly text: string;
  readonly imports: readonly string[];
  /** Imports that only a type checker needs: of what the notebook itself never imports. */
  readonly typeImports?: readonly string[];
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

/** The names that everybody gives these modules. */
const customary: Readonly<Record<string, string>> = { pandas: "pd", numpy: "np", polars: "pl" };

/** Containers that take parameters, of which nothing is known. */
const generic: Readonly<Record<string, string>> = {
  "collections.Counter": "[Any]",
  "collections.defaultdict": "[Any, Any]",
  "collections.deque": "[Any]",
  "collections.OrderedDict": "[Any, Any]",
};

/** Classes that are what another one is, for whoever is given one. */
const plainer: Readonly<Record<string, string>> = { "numpy.float64": "builtins.float" };

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
  const [module, name] = parted(type);
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
  if (direct !== undefined) return withParameters(type, { text: direct.bound, imports: [direct.text] });
  const alias = imports.names.find(({ qualified }) => qualified === module);
  if (alias !== undefined && (atTop[module] ?? []).includes(name)) {
    return { text: `${alias.bound}.${name}`, imports: [alias.text] };
  }
  return unknown;
}

/**
 * Classes that stand where the effect tables say: an import of one holds. Other names of the tables stand for what several
 * classes have in common (`sklearn.Estimator`, `pandas.Scalar`).
 */
const importable =
  /^(sklearn(\.[a-z_]\w*)+\.(?!Splitter$)[A-Z]\w*|(lightgbm|xgboost)\.(Booster|Dataset|DMatrix)|torch\.(device|Tensor|Generator)|torch\.(nn|optim|optim\.lr_scheduler|utils\.data)\.(?!Subset$)[A-Z]\w*|torchvision\.datasets\.[A-Z]\w*|collections\.[A-Za-z]\w*|datetime\.\w+|pandas\.(DataFrame|Series|Index|Timestamp|Categorical)|numpy\.ndarray|polars\.(DataFrame|Series|LazyFrame))$/;

/**
 * The annotation of a type that the analysis knows, with what it holds: `held` are the types of all that is in it, as far
 * as they are known.
 */
export function annotateKnown(
  type: string | undefined,
  held: readonly (string | undefined)[],
  imports: ImportTable,
  definitions: ReadonlyMap<string, string>,
): Annotation {
  const known = annotate(type, imports, definitions);
  if (type === undefined) return known;
  if (known.text === "Any") return importable.test(type) ? forCheckers(type, imports) : known;
  const [first] = held;
  const isList = /^(list|set|frozenset)\[Any\]$/.test(known.text);
  if (!isList || first === undefined || held.some((each) => each !== first)) return known;
  const item = annotateKnown(first, [], imports, definitions);
  // What a container in it holds is held by this one too: all would have to be of one type.
  if (/\bAny\b/.test(item.text)) return known;
  return { ...item, text: known.text.replace("Any", item.text) };
}

/**
 * The annotation of a type that was seen while running, with what it holds. A class that the notebook never imports is
 * imported for type checkers only: the code that runs stays the code that was proven.
 */
export function annotateObserved(
  type: ObservedType,
  imports: ImportTable,
  definitions: ReadonlyMap<string, string>,
): Annotation {
  const name = plainer[type.name] ?? type.name;
  const items = (type.of ?? []).map((each) => annotateObserved(each, imports, definitions));
  if (items.length > 0 && name.startsWith("builtins.")) {
    return {
      text: `${parted(name)[1]}[${items.map(({ text }) => text).join(", ")}]`,
      imports: items.flatMap((each) => each.imports),
      typeImports: items.flatMap((each) => each.typeImports ?? []),
    };
  }
  if (name === "collections.abc.Callable") {
    return { ...unknown, text: "Callable[..., Any]", typeImports: ["from collections.abc import Callable"] };
  }
  const known = annotate(name, imports, definitions);
  return known.text === "Any" ? forCheckers(name, imports) : known;
}

function forCheckers(type: string, imports: ImportTable): Annotation {
  const [module, name] = parted(type);
  if (module === "" || module === "builtins" || module === "notebook") return unknown;
  const alias = imports.names.find(({ qualified }) => qualified === module)?.bound ?? customary[module];
  // Another thing of the notebook may have the class's name.
  const isTaken = imports.names.some(({ bound }) => bound === (alias ?? name));
  if (alias !== undefined) {
    const own = imports.names.find(({ qualified }) => qualified === module);
    if (own !== undefined) return { text: `${alias}.${name}`, imports: [own.text] };
    return isTaken ? unknown : { text: `${alias}.${name}`, imports: [], typeImports: [`import ${module} as ${alias}`] };
  }
  if (isTaken) return unknown;
  return withParameters(type, { text: name, imports: [], typeImports: [`from ${module} import ${name}`] });
}

function withParameters(type: string, annotation: Annotation): Annotation {
  const parameters = generic[type];
  if (parameters === undefined) return annotation;
  return { ...annotation, text: annotation.text + parameters, imports: [...annotation.imports, ...unknown.imports] };
}

function parted(type: string): readonly [module: string, name: string] {
  const dot = type.lastIndexOf(".");
  return [type.slice(0, Math.max(dot, 0)), type.slice(dot + 1)];
}
