import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EffectCatalog } from "../../core/src/effects/catalog.ts";
import { tables } from "../../core/src/effects/tables.ts";
import { pinnedPython } from "../python-environment.ts";

/** A file `samples/<library>.json`: how to call what a library has. Python expressions throughout. */
export interface LibrarySamples {
  /** Its first dotted name: `sklearn`. */
  readonly library: string;
  /** As the package index has it, where that is another name; `python` for the standard library. */
  readonly distribution?: string;
  /** Names of `environments/<name>.txt` that have it. */
  readonly environments: readonly string[];
  /** Other samples whose values, imports and parameters it uses too. */
  readonly extends?: readonly string[];
  /** Modules whose public functions are tried. */
  readonly modules: readonly string[];
  /** Names for samples: modules, and values that are made anew for every call. */
  readonly imports?: Readonly<Record<string, string>>;
  readonly setup?: readonly string[];
  readonly values?: Readonly<Record<string, string>>;
  /** Samples by type: what stands left of the dot of a method; several where instances differ in what they have and do. */
  readonly receivers?: Readonly<Record<string, string | readonly string[]>>;
  /** Whether what its calls give is waited for (`await`), inside of a running loop; `coming(x)` is a coroutine that gives `x`. */
  readonly awaited?: boolean;
  /** Whether types without a sample of their own are left alone: they are like those that have one. */
  readonly sampledTypesOnly?: boolean;
  /** Values to try for a parameter of this name; `*` for one that has no entry of its own. */
  readonly parameters?: Readonly<Record<string, readonly string[]>>;
  /** What to write between the brackets, by qualified name. */
  readonly calls?: Readonly<Record<string, readonly string[]>>;
  /** Functions that are left alone, and why. */
  readonly leave?: Readonly<Record<string, string>>;
  /** Files that lie in the working folder: their text, or statements that write them. */
  readonly files?: Readonly<Record<string, string>>;
  readonly made_files?: readonly string[];
}

const folder = import.meta.dirname;

/** Libraries for which there are samples. */
export function sampledLibraries(): readonly string[] {
  return globSync("*.json", { cwd: join(folder, "samples") })
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** The samples of a library, with those that it extends. */
export function samplesOf(library: string): LibrarySamples {
  const own = JSON.parse(readFileSync(join(folder, "samples", `${library}.json`), "utf8")) as LibrarySamples;
  let joined: LibrarySamples = own;
  for (const base of own.extends ?? []) {
    const { imports, values, parameters, files, made_files, setup } = samplesOf(base);
    joined = {
      ...joined,
      imports: { ...imports, ...joined.imports },
      values: { ...values, ...joined.values },
      parameters: { ...parameters, ...joined.parameters },
      files: { ...files, ...joined.files },
      made_files: [...(made_files ?? []), ...(joined.made_files ?? [])],
      setup: [...(setup ?? []), ...(joined.setup ?? [])],
    };
  }
  return joined;
}

/** An installed library: its interpreter, and its version as the environment pins it. */
export interface InstalledLibrary {
  readonly samples: LibrarySamples;
  readonly environment: string;
  readonly python: string;
  readonly version: string;
  readonly catalog: EffectCatalog;
}

/** A library in the environment of its pins, which is made where it is not there. */
export async function installed(samples: LibrarySamples, environment: string): Promise<InstalledLibrary> {
  const pins = join(folder, "environments", `${environment}.txt`);
  const python = await pinnedPython(pins, { isComplete: true });
  const version = versionIn(readFileSync(pins, "utf8"), samples);
  return { samples, environment, python, version, catalog: new EffectCatalog({ [samples.library]: version }) };
}

function versionIn(pins: string, { library, distribution = library }: LibrarySamples): string {
  if (distribution === "python") return "3.11";
  const line = pins.split("\n").find((one) => one.toLowerCase().startsWith(`${distribution.toLowerCase()}==`));
  if (line === undefined) throw new Error(`${distribution} is not pinned there`);
  return line.slice(distribution.length + 2).split("+")[0] as string;
}

/** Names, types and methods that the tables list for a library. */
export function listedIn(library: string): { readonly names: readonly string[]; readonly types: readonly string[] } {
  const table = tables[library];
  if (table === undefined) return { names: [], types: [] };
  const spread = (of: string | readonly string[] | undefined, names: string) =>
    [of ?? []].flat().length === 0
      ? names.split(" ")
      : [of ?? []].flat().flatMap((owner) => names.split(" ").map((name) => `${owner}.${name}`));
  return {
    names: table.effects.flatMap(({ of, names }) => spread(of, names)).filter((name) => !name.endsWith("*")),
    types: (table.types ?? []).flatMap(({ of, names }) => spread(of, names)),
  };
}

/** Where objects of a library, and of those that its samples import, keep notes or memos, by type: paths from the object. */
export function keptIn(
  { library, imports }: LibrarySamples,
  kind: "notes" | "memos",
): Readonly<Record<string, readonly string[]>> {
  const libraries = new Set([library, ...Object.values(imports ?? {}).map((name) => name.split(".")[0] as string)]);
  const rows = [...libraries].flatMap((name) => tables[name]?.types ?? []);
  return Object.fromEntries(
    rows.flatMap(({ of, names, [kind]: paths }) =>
      paths === undefined
        ? []
        : names.split(" ").map((name) => [of === undefined ? name : `${of}.${name}`, paths.split(" ")] as const),
    ),
  );
}
