import others from "./domains/others.json" with { type: "json" };
import sklearn from "./domains/sklearn.json" with { type: "json" };

/** What the literal given for an argument of a library's function may be. Facts of the libraries, as data. */
export interface Domain {
  readonly int?: Interval;
  /** Whole or not. */
  readonly number?: Interval;
  /** Not whole: `test_size` takes a share or a count, and the two have bounds of their own. */
  readonly float?: Interval;
  readonly choices?: readonly string[];
  readonly none?: boolean;
}

/** As in JSON Schema; absent where there is no end. */
export interface Interval {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** A file `domains/<library>.json`, one row for each argument of functions that take the same of it. */
interface DomainTable {
  readonly library: string;
  /** The version that it was read from. */
  readonly version?: string;
  readonly domains: readonly DomainRow[];
}

/** `of`: names below the library, parted by spaces; `*` for all. Intervals as mathematicians write them: `(0, 1]`. */
interface DomainRow extends Omit<Domain, "int" | "number" | "float"> {
  readonly parameter: string;
  readonly of: string;
  readonly int?: string;
  readonly number?: string;
  readonly float?: string;
}

interface Library {
  readonly version: string | undefined;
  /** By argument; of two that name a function, the later one counts. */
  readonly rows: ReadonlyMap<string, readonly DomainRow[]>;
}

const tables: readonly DomainTable[] = [sklearn, ...others];
const libraries = new Map<string, Library>();

/**
 * What an argument of a function may be given, both by their canonical names; `undefined` where that is not known.
 * `version` is the library's, where it is known: an older one than the table's may know other choices.
 */
export function domainOf(callee: string, argument: string, version?: string): Domain | undefined {
  const dot = callee.indexOf(".");
  const library = libraryNamed(dot < 0 ? callee : callee.slice(0, dot));
  const rows = library.rows.get(argument);
  const row = rows?.findLast(isOf(callee.slice(dot + 1))) ?? rows?.findLast(isOf("*"));
  if (row === undefined) return undefined;
  const domain = domainIn(row);
  if (domain.choices === undefined || version === undefined || !isOlder(version, library.version)) return domain;
  const { choices: _, ...rest } = domain;
  return rest;
}

const isOf =
  (name: string) =>
  ({ of }: DomainRow) =>
    of.split(" ").includes(name);

/** The interval that a text such as `(0, 1]` means. Throws where it means none: the table is wrong then. */
export function intervalOf(text: string): Interval {
  const [, open, from, to, close] = /^([[(])(\S+), (\S+)([\])])$/.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new Error(`${text} is no interval`);
  return {
    ...(from === "-inf" ? {} : { [open === "[" ? "minimum" : "exclusiveMinimum"]: Number(from) }),
    ...(to === "inf" ? {} : { [close === "]" ? "maximum" : "exclusiveMaximum"]: Number(to) }),
  };
}

function libraryNamed(name: string): Library {
  let library = libraries.get(name);
  if (library === undefined) {
    const parts = tables.filter((table) => table.library === name);
    const rows = parts.flatMap(({ domains }) => domains);
    library = {
      version: parts.map(({ version }) => version).find((version) => version !== undefined),
      rows: Map.groupBy(rows, ({ parameter }) => parameter),
    };
    libraries.set(name, library);
  }
  return library;
}

function domainIn({ int, number, float, choices, none }: DomainRow): Domain {
  return {
    ...(int === undefined ? {} : { int: intervalOf(int) }),
    ...(number === undefined ? {} : { number: intervalOf(number) }),
    ...(float === undefined ? {} : { float: intervalOf(float) }),
    ...(choices === undefined ? {} : { choices }),
    ...(none === undefined ? {} : { none }),
  };
}

function isOlder(version: string, than: string | undefined): boolean {
  if (than === undefined) return false;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split(".").map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}
