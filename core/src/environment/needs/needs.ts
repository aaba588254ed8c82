import { absentFromStandardLibrary, isStandardLibrary } from "../../python/standard-library.ts";
import { parseRequirement } from "../lock/requirement.ts";
import { distributionTable, hostModules, plainlyNamed } from "./distribution-table.ts";
import { addressNeeds, hiddenNeeds, magicNeeds, moduleNeeds } from "./hidden-needs.ts";
import { type InstallCommand, parseInstallCommand } from "./pip-command.ts";
import type { ImportedModule, LibraryUsage } from "./usage.ts";

/** A distribution that a notebook needs, and why. */
export interface Need {
  /** Normalised name. */
  readonly name: string;
  /** PEP 508. */
  readonly requirement: string;
  readonly source: "import" | "call" | "install";
  readonly why: string;
  readonly cell: number;
}

export interface Needs {
  /** One for each distribution and source. */
  readonly needs: readonly Need[];
  /** Files of requirements that the notebook installs from (`%pip install -r FILE`). */
  readonly files: readonly string[];
  /** What is not taken into the environment, a sentence each. */
  readonly leftOut: readonly string[];
}

export interface NeedsContext {
  /** `3.11`: decides what the standard library has. */
  readonly python: string;
  /** Modules that lie beside the notebook: not distributions. */
  readonly localModules: ReadonlySet<string>;
}

/** What a notebook needs installed: by its imports, by calls with hidden needs, by what it installs itself. */
export function needsOf(usage: LibraryUsage, context: NeedsContext): Needs {
  const needs = new Map<string, Need>();
  const leftOut = new Set<string>();
  const files = new Set<string>();
  const add = (requirement: string, source: Need["source"], why: string, cell: number) => {
    const name = parseRequirement(requirement)?.name ?? requirement;
    const key = `${source} ${source === "install" ? requirement : name}`;
    if (!needs.has(key)) needs.set(key, { name, requirement, source, why, cell });
  };

  for (const imported of usage.imports) {
    const module = `"${imported.module}"`;
    const host = Object.keys(hostModules).find((name) => isWithin(imported, name));
    if (host !== undefined) leftOut.add(`${module} is left out: ${hostModules[host]}.`);
    else if (isOwn(imported.module, context)) continue;
    else {
      const distribution = distributionOf(imported);
      const absent = absentFromStandardLibrary(imported.module, context.python);
      // Some that went live on as distributions: distutils in setuptools.
      if (absent !== undefined && !isWellKnown(imported)) {
        leftOut.add(`${module} is left out: ${absent}.`);
        continue;
      }
      if (imported.optional && !isWellKnown(imported)) {
        leftOut.add(`${module} is left out: the notebook can do without it (try ... except ImportError).`);
        continue;
      }
      add(distribution, "import", `import ${imported.module}`, imported.cell);
    }
    for (const [name, more] of Object.entries(moduleNeeds)) {
      if (isWithin(imported, name)) for (const extra of more) add(extra, "call", `${name} needs it`, imported.cell);
    }
  }
  addHidden(usage, add);
  for (const { command, cell } of usage.commands) {
    const first = command.argument.trim().split(/\s+/, 1)[0] ?? "";
    const magic = magicNeeds[command.name] ?? magicNeeds[`${command.name} ${first}`];
    if (command.kind === "line-magic" && magic !== undefined) add(magic, "call", `%${command.name}`, cell);
    const install = installOf(command.kind, command.name, command.argument);
    for (const requirement of install?.requirements ?? []) {
      add(requirement, "install", `${command.kind === "shell" ? "!" : "%"}pip install`, cell);
    }
    for (const file of install?.files ?? []) files.add(file);
    for (const sentence of install?.leftOut ?? []) leftOut.add(sentence);
  }
  return { needs: [...needs.values()], files: [...files], leftOut: [...leftOut] };
}

/** The distribution of an import: the longest prefix in the table, else the name of the top module itself. */
export function distributionOf(imported: Pick<ImportedModule, "module" | "names">): string {
  const candidates = [...imported.names.map((name) => `${imported.module}.${name}`), ...prefixesOf(imported.module)];
  for (const candidate of candidates) {
    const known = ownValue(distributionTable, candidate);
    if (known !== undefined) return known;
  }
  return imported.module.split(".", 1)[0] as string;
}

function addHidden(
  usage: LibraryUsage,
  add: (requirement: string, source: Need["source"], why: string, cell: number) => void,
): void {
  const modules = new Set(usage.imports.flatMap(({ module }) => prefixesOf(module)));
  const byCall = Map.groupBy(hiddenNeeds, ({ call }) => call);
  for (const call of usage.calls) {
    const last = `*.${call.name.split(".").at(-1)}`;
    for (const need of [...(byCall.get(call.name) ?? []), ...(last === call.name ? [] : (byCall.get(last) ?? []))]) {
      if (need.where !== undefined && !modules.has(need.where)) continue;
      if (need.keyword !== undefined && !call.keywords.includes(need.keyword)) continue;
      if (need.unless?.some((module) => modules.has(module))) continue;
      add(need.needs, "call", `${call.name.replace(/^\*/, "")}() needs it`, call.cell);
    }
  }
  for (const { text, cell } of usage.addresses) {
    for (const { prefix, where, needs } of addressNeeds) {
      if (text.startsWith(prefix) && where.some((module) => modules.has(module))) {
        add(needs, "call", `an address that begins with ${prefix}`, cell);
      }
    }
  }
}

function installOf(kind: string, name: string, argument: string): InstallCommand | undefined {
  if (kind === "shell") return parseInstallCommand(argument);
  return kind === "line-magic" ? parseInstallCommand(`${name} ${argument}`) : undefined;
}

function isOwn(module: string, { python, localModules }: NeedsContext): boolean {
  return localModules.has(module.split(".", 1)[0] as string) || isStandardLibrary(module, python);
}

/** A module that an index is known to have. */
function isWellKnown({ module }: ImportedModule): boolean {
  return prefixesOf(module).some((name) => ownValue(distributionTable, name) !== undefined || plainlyNamed.has(name));
}

/** `a.b.c`, `a.b`, `a`. */
function prefixesOf(module: string): readonly string[] {
  const parts = module.split(".").slice(0, 8);
  return parts.map((_part, index) => parts.slice(0, parts.length - index).join("."));
}

function isWithin({ module, names }: ImportedModule, name: string): boolean {
  const dotted = `${module}.`;
  return dotted.startsWith(`${name}.`) || names.some((part) => `${module}.${part}` === name);
}

function ownValue(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
