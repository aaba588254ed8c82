import type { StatementId } from "../../dataflow/model.ts";
import { pylabNames, type StarName, starNames } from "../../effects/star-exports.ts";
import { pylabCommand } from "../../plan/command-statements.ts";
import type * as ast from "../../python/ast.ts";
import type { NotebookSource, SourcedStatement } from "../notebook-source.ts";
import { pythonBuiltins } from "../python-builtins.ts";
import { boundBy } from "./definition-table.ts";

/** One name that an import of the notebook binds. */
export interface ImportedName {
  /** As the notebook calls it: `pd`. */
  readonly bound: string;
  /** What it stands for: `pandas`, `sklearn.metrics.r2_score`. */
  readonly qualified: string;
  /** An import statement for it alone. */
  readonly text: string;
  /** Where it stands in the order of the pipeline. */
  readonly position: number;
}

/** An import that is taken as it stands, with the names that it reads itself: `if version >= Version("1"):`. */
interface WholeImport {
  readonly text: string;
  readonly bound: readonly string[];
  readonly reads: readonly string[];
  readonly isStar: boolean;
}

/** What is so in all of Python 3, imported from `__future__` or not: left over from a notebook that ran in Python 2 too. */
const everywhere: ReadonlySet<string> = new Set(
  "nested_scopes generators division absolute_import with_statement print_function unicode_literals generator_stop".split(
    " ",
  ),
);

/** The notebook's imports, by the names that they bind. */
export class ImportTable {
  readonly names: readonly ImportedName[];
  /** Star imports of modules that no table knows, and imports inside `try` or `if`: taken whole. */
  readonly whole: readonly WholeImport[];
  /** What is imported `from __future__` and changes how a module is compiled: every module needs it. */
  readonly future: readonly string[];
  readonly #byName: ReadonlyMap<string, readonly ImportedName[]>;

  constructor(statements: readonly StatementId[], source: NotebookSource) {
    const names: ImportedName[] = [];
    const whole: WholeImport[] = [];
    const starred: ImportedName[] = [];
    const future: string[] = [];
    for (const id of statements) {
      const sourced = source.statement(id);
      const node = sourced.statement.node;
      const position = source.position(id);
      const known = starNamesOf(sourced);
      if (node.type === "ImportFrom" && node.module === "__future__") {
        future.push(...node.names.map((alias) => alias.name).filter((name) => !everywhere.has(name)));
      } else if (known !== undefined) {
        const bound = boundBy(sourced);
        for (const name of bound) {
          const star = known.get(name);
          if (star !== undefined) names.push({ bound: name, ...star, position });
        }
      } else if (node.type === "ImportFrom" && node.names.some((alias) => alias.name === "*")) {
        whole.push({ text: textOf(sourced), bound: [], reads: [], isStar: true });
        for (const name of boundBy(sourced)) starred.push(memberOf(node, name, position));
      } else if (node.type === "Import" || node.type === "ImportFrom") {
        names.push(...node.names.map((alias) => importedName(node, alias, position)));
      } else {
        const { accesses } = sourced.statement;
        const namesThatIt = (does: "bind" | "read") =>
          accesses.filter(({ kind }) => kind === does).map(({ place }) => place.name);
        whole.push({
          text: textOf(sourced),
          bound: namesThatIt("bind"),
          reads: namesThatIt("read"),
          isStar: false,
        });
      }
    }
    this.names = names;
    this.#byName = Map.groupBy([...names, ...starred], ({ bound }) => bound);
    this.whole = whole;
    this.future = [...new Set(future)];
  }

  /** Every name that an import binds, wherever it stands. */
  get bound(): readonly string[] {
    return [...new Set([...this.names, ...this.whole].flatMap(({ bound }) => bound))];
  }

  /** The modules that the notebook imports, by their first name: `sklearn`. */
  get packages(): ReadonlySet<string> {
    return new Set(this.names.map((name) => name.qualified.split(".", 1)[0] as string));
  }

  /**
   * The import of one name that holds at `position`; nothing for a name that only a `try` may bind, or the star of a
   * module that nobody has read, and for a builtin above the import that takes its place.
   */
  lastOf(name: string, position: number): ImportedName | undefined {
    const all = this.#byName.get(name) ?? [];
    return all.findLast((each) => each.position <= position) ?? (pythonBuiltins.has(name) ? undefined : all[0]);
  }

  /** Whether a name may mean several things: two imports bind it, or one takes the place of a builtin. */
  isRepeated(name: string): boolean {
    const count = this.#byName.get(name)?.length ?? 0;
    return count > 1 || (count === 1 && pythonBuiltins.has(name));
  }

  /**
   * The imports that a text may need, given the words in it: for each name the last import before `position`, because a
   * later one of the same name hides an earlier one. More than it needs, never fewer; the formatter removes the rest.
   */
  neededBy(words: ReadonlySet<string>, position: number): readonly string[] {
    const texts = this.whole.filter(({ bound, isStar }) => isStar || bound.some((name) => words.has(name)));
    const asked = new Set([...words, ...texts.flatMap(({ reads }) => reads)]);
    const candidates = Map.groupBy(
      this.names.filter(({ bound }) => asked.has(bound)),
      ({ bound }) => bound,
    );
    const chosen = [...candidates.values()].flatMap((all) => {
      const before = all.filter((each) => each.position <= position);
      const visible = before.length > 0 || pythonBuiltins.has(all[0]?.bound ?? "") ? before : all.slice(0, 1);
      const last = visible.at(-1);
      if (last === undefined) return [];
      // `import a.b` and `import a.c` both bind `a`, and neither hides the other.
      return visible.filter((each) => each === last || (isSubmodule(each) && isSubmodule(last)));
    });
    return [...chosen.map(({ text }) => text), ...texts.map(({ text }) => text)];
  }
}

/** What a star import or `%pylab` brings, where that is known: each name can be imported for itself. */
function starNamesOf({ statement: { node }, cell }: SourcedStatement): ReadonlyMap<string, StarName> | undefined {
  if (node.type === "ImportFrom") {
    const isStar = node.level === 0 && node.names.some((alias) => alias.name === "*");
    return isStar && node.module !== undefined ? starNames(node.module) : undefined;
  }
  const pylab = pylabCommand(node, cell);
  return pylab === undefined ? undefined : pylabNames(pylab.argument);
}

function isSubmodule(name: ImportedName): boolean {
  return name.text.startsWith("import ") && !name.text.includes(" as ");
}

function importedName(node: ast.Import | ast.ImportFrom, alias: ast.Alias, position: number): ImportedName {
  const as = alias.asname === undefined ? "" : ` as ${alias.asname.name}`;
  const notebook = importedNotebook(node, alias);
  if (notebook !== undefined) {
    return { bound: alias.asname?.name ?? alias.name, ...notebook, text: `${notebook.text}${as}`, position };
  }
  if (node.type === "Import") {
    const bound = alias.asname?.name ?? (alias.name.split(".", 1)[0] as string);
    const qualified = alias.asname === undefined ? bound : alias.name;
    return { bound, qualified, text: `import ${alias.name}${as}`, position };
  }
  return memberOf(node, alias.name, position, alias.asname?.name);
}

/** `from module import name`. */
function memberOf(node: ast.ImportFrom, name: string, position: number, asname?: string): ImportedName {
  const module = `${".".repeat(node.level)}${node.module ?? ""}`;
  return {
    bound: asname ?? name,
    qualified: `${module}.${name}`,
    text: `from ${module} import ${name}${asname === undefined ? "" : ` as ${asname}`}`,
    position,
  };
}

/** `from ipynb.fs.full.tools import f` imports a notebook: the project has it as a module `tools`. */
function importedNotebook(
  node: ast.Import | ast.ImportFrom,
  alias: ast.Alias,
): { readonly qualified: string; readonly text: string } | undefined {
  const hook = /^ipynb\.fs\.(?:full|defs)\b\.?/;
  const module = node.type === "ImportFrom" ? (node.module ?? "") : alias.name;
  if (!hook.test(module) || (node.type === "Import" && alias.asname === undefined)) return undefined;
  const own = module.replace(hook, "");
  if (node.type === "Import") return { qualified: own, text: `import ${own}` };
  if (own === "") return { qualified: alias.name, text: `import ${alias.name}` };
  return { qualified: `${own}.${alias.name}`, text: `from ${own} import ${alias.name}` };
}

function textOf(sourced: SourcedStatement): string {
  return sourced.python.slice(sourced.code.start, sourced.code.end);
}
