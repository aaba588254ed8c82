import { hiddenCommand, nameAndArgument } from "../../ipython/command.ts";
import type * as ast from "../../python/ast.ts";
import { databaseFile } from "../../text/database-place.ts";
import type { Interpreter } from "../interpreter.ts";
import { attributeOf } from "../objects/access-path.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { isFile } from "../objects/open-files.ts";
import { constantOf, nothing, union, type Value } from "../objects/value.ts";
import { noteFile } from "../process/files.ts";
import { change } from "../statements/changes.ts";
import { joinPath } from "../statements/folding.ts";
import { callVar } from "./call-var.ts";
import { runText } from "./code-text.ts";
import { awaited } from "./coroutines.ts";
import { openNamespace } from "./open-namespace.ts";
import type { CallArguments } from "./returned.ts";
import { bindsSymbols } from "./symbol-names.ts";

/** A call whose meaning no table can tell: it works on names, or on paths that are folded. */
export function specialCall(
  run: Interpreter,
  node: ast.Call,
  value: Value,
  args: CallArguments,
): { readonly callee: string; readonly value: Value } | undefined {
  for (const object of value) {
    if (object.qualified === undefined) {
      const folded = pathMethod(run, node, object, args) ?? methodOfType(run, node, object, args);
      if (folded !== undefined) return folded;
      continue;
    }
    const isMethod = node.func.type === "Attribute" && !object.qualified.endsWith(`.${node.func.attr.name}`);
    const callee = isMethod ? `${object.qualified}.${(node.func as ast.Attribute).attr.name}` : object.qualified;
    const special = specials[run.catalog.canonical(callee)];
    if (special !== undefined) {
      const result = special(run, node, args);
      if (result !== undefined) return { callee, value: result };
    }
  }
  return undefined;
}

type Special = (run: Interpreter, node: ast.Call, args: CallArguments) => Value | undefined;

const specials: Readonly<Record<string, Special>> = {
  "builtins.exec": (run, node, args) =>
    knownText(run, "exec", node, args) ?? openNamespace(run, node, "exec runs code that is not in the notebook"),
  "builtins.eval": (run, node, args) =>
    knownText(run, "eval", node, args) ?? openNamespace(run, node, "eval runs code that is not in the notebook"),
  "builtins.globals": (run, node) => openNamespace(run, node, "globals() gives every name away"),
  "builtins.locals": (run, node) =>
    run.frame === run.module ? openNamespace(run, node, "locals() gives every name away") : undefined,
  "builtins.vars": (run, node, args) =>
    args.positional.length === 0 ? openNamespace(run, node, "vars() gives every name away") : undefined,
  "IPython.InteractiveShell.run_line_magic": (run, node, args) => runMagic(run, node, args.positional.slice(0, 2)),
  "IPython.InteractiveShell.run_cell_magic": (run, node, args) => runMagic(run, node, args.positional),
  "IPython.InteractiveShell.magic": (run, node, args) => runMagic(run, node, args.positional),
  "IPython.InteractiveShell.run_cell": (run, node, args) =>
    knownText(run, "exec", node, args) ?? openNamespace(run, node, "run_cell runs code that is not in the notebook"),
  "IPython.InteractiveShell.ex": (run, node, args) =>
    knownText(run, "exec", node, args) ?? openNamespace(run, node, "ex runs code that is not in the notebook"),
  "IPython.InteractiveShell.push": (run, node) =>
    openNamespace(run, node, "push() binds names of which nothing is known"),
  [bindsSymbols]: (run, node) => callVar(run, node),
  "builtins.type": (_run, _node, args) => {
    const [target] = args.positional;
    const classes = union(...[...(target ?? nothing)].map((object) => object.classes));
    return args.positional.length === 1 && classes.size > 0 ? classes : undefined;
  },
  "asyncio.run": (run, node, { positional: [coroutine] }) => coroutine && awaited(run, coroutine, node),
  "builtins.setattr": (run, node, args) => {
    const [target, name, value] = args.positional;
    if (target === undefined) return undefined;
    const key = name === undefined ? undefined : constantOf(name);
    for (const object of target) {
      run.heap.hold(object, typeof key === "string" ? `.${key}` : "*", value ?? nothing, run.now);
    }
    const step = { kind: "attribute" as const, name: typeof key === "string" ? key : "*" };
    change(run, target, { path: [step], step, span: node, must: true, deep: false, views: false });
    return run.at(node, { type: "builtins.NoneType", mutable: false });
  },
  "builtins.getattr": (run, node, args) => {
    const [target, name, fallback] = args.positional;
    const key = name === undefined ? undefined : constantOf(name);
    if (target === undefined || typeof key !== "string") return undefined;
    return union(...[...target].map((object) => attributeOf(run, object, key, node).value), fallback ?? nothing);
  },
  "operator.attrgetter": (run, node, args) => asker(run, node, "operator.attrgetter", args),
  "operator.methodcaller": (run, node, args) => asker(run, node, "operator.methodcaller", args),
  "os.path.join": (run, node, args) => {
    const parts = args.positional.map(constantOf);
    const isFolded = args.starred === undefined && parts.every((part) => typeof part === "string");
    const constant = isFolded ? joinPath(...(parts as string[])) : undefined;
    return run.at(node, { type: "builtins.str", mutable: false, constant });
  },
  "pathlib.Path": (run, node, args) => {
    const parts = args.positional.map(constantOf);
    const isFolded = args.starred === undefined && parts.every((part) => typeof part === "string");
    const constant = !isFolded ? undefined : parts.length === 0 ? "." : joinPath(...(parts as string[]));
    return run.at(node, { type: "pathlib.Path", mutable: false, constant });
  },
  "builtins.open": (run, node, args) => {
    return openFile(run, node, args, args.positional[0] ?? args.keywords.get("file"), args.positional[1]);
  },
  ...Object.fromEntries(
    "io.open codecs.open gzip.open bz2.open lzma.open"
      .split(" ")
      .map((name): [string, Special] => [name, (run, node, args) => openByMode(run, node, args)]),
  ),
  ...Object.fromEntries(
    "gzip.GzipFile bz2.BZ2File lzma.LZMAFile tarfile.TarFile zipfile.ZipFile h5py.File"
      .split(" ")
      .map((type): [string, Special] => [type, (run, node, args) => openByMode(run, node, args, type)]),
  ),
  "numpy.load": (run, node, args) => mapFile(run, node, args, args.keywords.get("mmap_mode") ?? args.positional[1]),
  "numpy.memmap": (run, node, args) => mapFile(run, node, args, args.keywords.get("mode") ?? args.positional[2], "r+"),
  "sqlite3.connect": (run, node, args) => connect(run, node, args, "sqlite3.Connection"),
  "sqlalchemy.create_engine": (run, node, args) => connect(run, node, args, "sqlalchemy.Engine"),
  "sqlalchemy.text": (run, node, { positional: [text] }) =>
    run.at(node, { type: "sqlalchemy.TextClause", mutable: false, constant: constantOf(text ?? nothing) }),
  "tarfile.open": (run, node, args) => openByMode(run, node, args, "tarfile.TarFile"),
  "builtins.str": (run, node, args) => foldText(run, node, args),
  "os.fspath": (run, node, args) => foldText(run, node, args),
};

/** Archives and compressed files are opened as files are: the path first, then the mode. What is in memory has no path. */
function openByMode(run: Interpreter, node: ast.Call, args: CallArguments, type?: string): Value | undefined {
  const path =
    args.positional[0] ?? args.keywords.get("filename") ?? args.keywords.get("name") ?? args.keywords.get("file");
  const buffer = path ?? args.keywords.get("fileobj") ?? nothing;
  if (buffer.size > 0 && [...buffer].every((object) => isFile(run.catalog, object))) return undefined;
  return openFile(run, node, args, path, args.positional[1], type);
}

/** What asks whatever it is given later for a member: it knows which, and counts as code that may be called. */
function asker(run: Interpreter, node: ast.Call, type: string, { positional }: CallArguments): Value {
  const made = run.at(node, { type, mutable: false, constant: constantOf(positional[0] ?? nothing) });
  for (const one of made) one.set("reachesCode", true);
  return made;
}

/** An array that is a file: what is written to it is in the file. One that is only read is left to the table. */
function mapFile(
  run: Interpreter,
  node: ast.Call,
  args: CallArguments,
  given: Value | undefined,
  otherwise = "r",
): Value | undefined {
  const mode = given === undefined ? otherwise : constantOf(given);
  if (mode === null || mode === "r" || mode === "c") return undefined;
  const path = constantOf(args.positional[0] ?? args.keywords.get("filename") ?? args.keywords.get("file") ?? nothing);
  const constant = typeof path === "string" ? path : undefined;
  noteFile(run, mode === "w+" ? "write" : "read", constant, node);
  return run.at(node, { type: "numpy.memmap", constant });
}

/** A connection knows its database by the path or the address; `process/databases.ts` tells what is done to it. */
function connect(run: Interpreter, node: ast.Call, args: CallArguments, type: string): Value {
  const given = args.positional[0] ?? args.keywords.get("database") ?? args.keywords.get("url");
  const constant = constantOf(given ?? nothing);
  const database = typeof constant === "string" ? constant : undefined;
  const file = database === undefined ? undefined : databaseFile(database);
  const isFileOfNoName = database === undefined && type === "sqlite3.Connection";
  if (file !== undefined || isFileOfNoName) noteFile(run, "read", file, node);
  return run.at(node, { type, constant: database });
}

/** A magic that the code calls by its name: one that runs or binds what is not known may use any name. */
function runMagic(run: Interpreter, node: ast.Call, given: readonly Value[]): undefined {
  const texts = given.map(constantOf);
  const [first, ...rest] = texts;
  if (!texts.every((text) => typeof text === "string")) {
    openNamespace(run, node, "a magic that is not known may read, change and bind any name");
    return undefined;
  }
  const [name, argument] = nameAndArgument([first, ...rest.slice(0, 1)].join(" "));
  const { meaning, binds } = hiddenCommand(name, argument, rest[1] as string | undefined);
  if (meaning !== "unknown" && !binds.includes("*")) return undefined;
  openNamespace(run, node, `%${name} may read, change and bind any name`, meaning === "unknown");
  return undefined;
}

function knownText(run: Interpreter, by: "exec" | "eval", node: ast.Call, args: CallArguments): Value | undefined {
  const [text] = args.positional.map(constantOf);
  const isAlone = node.args.length === 1 && node.keywords.length === 0;
  return typeof text === "string" && isAlone ? runText(run, text, by, node) : undefined;
}

/** Notes which file is opened, and for what its mode says. What is open for writing knows its path. */
function openFile(
  run: Interpreter,
  node: ast.Call,
  args: CallArguments,
  path: Value | undefined,
  positionalMode: Value | undefined,
  type = "builtins.file",
): Value {
  const mode = constantOf(args.keywords.get("mode") ?? positionalMode ?? nothing) ?? "r";
  // What stands behind a colon is how an archive is compressed: `r:xz`.
  const way = typeof mode === "string" ? mode.split(/[:|]/)[0] : undefined;
  const use = way === undefined || /[wx+]/.test(way) ? "write" : way.includes("a") ? "append" : "read";
  const folded = path === undefined ? undefined : constantOf(path);
  const known = typeof folded === "string" ? folded : undefined;
  noteFile(run, use, known, node);
  return run.at(node, { type, ...(use === "read" ? {} : { constant: known }) });
}

function foldText(run: Interpreter, node: ast.Call, args: CallArguments): Value {
  const constant = args.positional.length === 1 ? constantOf(args.positional[0] ?? nothing) : undefined;
  const isText = typeof constant === "string" || typeof constant === "number";
  return run.at(node, { type: "builtins.str", mutable: false, constant: isText ? String(constant) : undefined });
}

function methodOfType(
  run: Interpreter,
  node: ast.Call,
  { type }: AbstractObject,
  args: CallArguments,
): { readonly callee: string; readonly value: Value } | undefined {
  if (type === undefined || node.func.type !== "Attribute") return undefined;
  const callee = `${type}.${node.func.attr.name}`;
  const value = Object.hasOwn(specials, callee) ? specials[callee]?.(run, node, args) : undefined;
  return value === undefined ? undefined : { callee, value };
}

/** Methods of paths whose meaning depends on the path itself. */
function pathMethod(
  run: Interpreter,
  node: ast.Call,
  path: AbstractObject,
  args: CallArguments,
): { readonly callee: string; readonly value: Value } | undefined {
  if (path.type !== "pathlib.Path" || node.func.type !== "Attribute") return undefined;
  if (node.func.attr.name === "open") {
    return { callee: "pathlib.Path.open", value: openFile(run, node, args, new Set([path]), args.positional[0]) };
  }
  if (node.func.attr.name !== "joinpath") return undefined;
  const parts = [path.constant, ...args.positional.map(constantOf)];
  const isFolded = parts.every((part) => typeof part === "string");
  const constant = isFolded ? joinPath(...(parts as string[])) : undefined;
  return {
    callee: "pathlib.Path.joinpath",
    value: run.at(node, { type: "pathlib.Path", mutable: false, constant }),
  };
}
