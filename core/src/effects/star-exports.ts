import exportsOf from "./tables/star-exports.json" with { type: "json" };
import type { LibraryVersions } from "./version-range.ts";
import { versionInRange } from "./version-range.ts";

/** A name that a star import binds. */
export interface StarName {
  /** Where it comes from: `numpy.linspace` for `linspace` of `pylab`. */
  readonly qualified: string;
  /** An import for it alone: `from numpy import linspace`. */
  readonly text: string;
}

const moduleAliases: Readonly<Record<string, string>> = { "matplotlib.pylab": "pylab" };

/**
 * What `from MODULE import *` binds, from a table that was read out of the modules themselves (`__all__`, else every
 * public name); `undefined` for a module that is not in it. Without a version the newest is assumed.
 */
export function starNames(module: string, versions: LibraryVersions = {}): ReadonlyMap<string, StarName> | undefined {
  const rows = (exportsOf as Readonly<Record<string, Readonly<Record<string, string>>>>)[
    moduleAliases[module] ?? module
  ];
  if (rows === undefined) return undefined;
  const names = new Map<string, StarName>();
  for (const [key, listed] of Object.entries(rows)) {
    if (key === "import") {
      for (const pair of listed.split(" ")) {
        const [name, imported] = pair.split("=") as [string, string];
        names.set(name, { qualified: imported, text: importText(imported, name) });
      }
      continue;
    }
    const [, origin, range] = /^([^<>=]+)(.*)$/.exec(key) as unknown as [string, string, string];
    const version = versions[origin];
    if (range !== "" && version !== undefined && !versionInRange(version, range)) continue;
    for (const name of listed.split(" ")) {
      names.set(name, { qualified: `${origin}.${name}`, text: `from ${origin} import ${name}` });
    }
  }
  return names;
}

const gathering = /^(?:matplotlib\.)?pylab\.([^.]+)/;

let gathered: ReadonlyMap<string, StarName> | undefined;

/**
 * A name of pylab, which only gathers other modules' names, by where it comes from: `pylab.linspace` is `numpy.linspace`,
 * `pylab.plt.style` is `matplotlib.pyplot.style`. `undefined` for any other name.
 */
export function gatheredName(qualified: string): string | undefined {
  const [whole, name] = gathering.exec(qualified) ?? [];
  if (whole === undefined) return undefined;
  gathered ??= starNames("pylab");
  const origin = gathered?.get(name as string)?.qualified;
  return origin === undefined || origin.startsWith("pylab.") ? undefined : origin + qualified.slice(whole.length);
}

/** Modules that `%pylab` binds, by the names that it gives them. */
const pylabModules: readonly (readonly [string, string])[] = [
  ["np", "numpy"],
  ["numpy", "numpy"],
  ["matplotlib", "matplotlib"],
  ["pylab", "matplotlib.pylab"],
  ["mlab", "matplotlib.mlab"],
  ["pyplot", "matplotlib.pyplot"],
  ["plt", "matplotlib.pyplot"],
];

/**
 * What `%pylab` binds: some modules, then `from pylab import *` and `from numpy import *`
 * (IPython.core.pylabtools.import_pylab), which `--no-import-all` leaves away.
 */
export function pylabNames(argument: string, versions: LibraryVersions = {}): ReadonlyMap<string, StarName> {
  const names = new Map(
    pylabModules.map(([name, module]) => [name, { qualified: module, text: importText(module, name) }]),
  );
  const stars = argument.includes("--no-import-all") ? [] : ["pylab", "numpy"];
  for (const module of stars) for (const [name, star] of starNames(module, versions) ?? []) names.set(name, star);
  return names;
}

function importText(module: string, name: string): string {
  return module === name ? `import ${module}` : `import ${module} as ${name}`;
}
