import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { ProblemError } from "../../problem/problem.ts";
import { parsePylock } from "../lock/pylock.ts";
import { normalizeName, parseRequirement } from "../lock/requirement.ts";
import { minorVersion } from "../lock/version.ts";

/** What a file beside a notebook says about versions. */
export interface Pins {
  /** Its name, for sentences. */
  readonly file: string;
  /** A whole lock: it is the environment, nothing is resolved. */
  readonly lock?: string;
  /** `3.10`. */
  readonly python?: string;
  /** To be installed, whether imported or not. */
  readonly requirements: readonly string[];
  /** Versions to take of what is needed. */
  readonly constraints: readonly string[];
  /** Lines that are not taken over, a sentence each. */
  readonly leftOut: readonly string[];
}

/** The files that are looked for, the strongest first. */
const readers: readonly { readonly name: string; readonly read: (text: string, path: string) => Omit<Pins, "file"> }[] =
  [
    { name: "pylock.toml", read: readPylock },
    { name: "uv.lock", read: readTomlLock },
    { name: "poetry.lock", read: readTomlLock },
    { name: "pdm.lock", read: readTomlLock },
    { name: "Pipfile.lock", read: readPipfileLock },
    { name: "requirements.txt", read: (text, path) => readRequirements(text, path) },
    { name: "environment.yml", read: readCondaEnvironment },
    { name: "environment.yaml", read: readCondaEnvironment },
  ];

/**
 * What the strongest file beside a notebook says about versions; undefined where there is none.
 * Throws ProblemError RP307 for one that cannot be read.
 */
export function pinsBeside(folder: string): Pins | undefined {
  for (const { name, read } of readers) {
    const path = join(folder, name);
    if (!existsSync(path) || !statSync(path).isFile()) continue;
    try {
      return { file: name, ...read(readFileSync(path, "utf8"), path) };
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw new ProblemError({
        id: "RP307",
        message: `${name} beside the notebook cannot be read.`,
        place: { file: path },
        mend: "Mend it, or take it away.",
        cause: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return undefined;
}

/** A requirements file that the notebook itself names (`%pip install -r FILE`). */
export function pinsOfFile(path: string): Pins {
  return { file: path, ...readRequirements(readFileSync(path, "utf8"), path) };
}

/** Modules and packages that lie beside a notebook: `import` finds them before any distribution. */
export function localModules(folder: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    if (entry.isFile() && entry.name.endsWith(".py")) names.add(entry.name.slice(0, -".py".length));
    else if (entry.isDirectory() && holdsPython(join(folder, entry.name))) names.add(entry.name);
  }
  return names;
}

function holdsPython(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith(".py"));
  } catch {
    return false;
  }
}

const nothing = { requirements: [], constraints: [], leftOut: [] };

function readPylock(text: string, path: string): Omit<Pins, "file"> {
  const { requiresPython } = parsePylock(text, path);
  const python = minorVersion(requiresPython?.replace(/^[~=><! ]+/, "") ?? "");
  return { ...nothing, lock: text, ...(python === undefined ? {} : { python }) };
}

/** uv, poetry and pdm: `[[package]]` with name and version. */
function readTomlLock(text: string): Omit<Pins, "file"> {
  const table = parseToml(text) as { package?: unknown };
  const packages = Array.isArray(table.package) ? (table.package as Record<string, unknown>[]) : [];
  const byName = Map.groupBy(
    // The project itself and what it has beside it are no pins.
    packages.filter(({ source }) => !isLocalSource(source)),
    ({ name }) => normalizeName(String(name)),
  );
  // A package with several versions has one for each platform or Python: none of them is a pin.
  const constraints = [...byName].flatMap(([name, [one, ...more]]) =>
    more.length === 0 && typeof one?.version === "string" ? [`${name}==${one.version}`] : [],
  );
  return { ...nothing, constraints };
}

function isLocalSource(source: unknown): boolean {
  return (
    typeof source === "object" && source !== null && ["editable", "virtual", "directory"].some((key) => key in source)
  );
}

function readPipfileLock(text: string): Omit<Pins, "file"> {
  const table = JSON.parse(text) as { default?: Record<string, { version?: string }> };
  const constraints = Object.entries(table.default ?? {}).flatMap(([name, { version }]) =>
    version?.startsWith("==") ? [`${name}${version}`] : [],
  );
  return { ...nothing, constraints };
}

/** The format of pip (https://pip.pypa.io/en/stable/reference/requirements-file-format/); `-r` is followed, once each. */
function readRequirements(text: string, path: string, seen = new Set<string>()): Omit<Pins, "file"> {
  seen.add(path);
  const requirements: string[] = [];
  const constraints: string[] = [];
  const leftOut: string[] = [];
  for (const raw of text.replaceAll(/\\\r?\n/g, " ").split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, "").trim();
    if (line === "") continue;
    const nested = /^(-r|--requirement|-c|--constraint)[\s=]+(\S+)$/.exec(line);
    if (nested !== null) {
      const [, option = "", name = ""] = nested;
      const other = join(dirname(path), name);
      if (seen.has(other) || seen.size > 20 || !existsSync(other)) continue;
      const inner = readRequirements(readFileSync(other, "utf8"), other, seen);
      if (option.includes("c")) constraints.push(...inner.requirements);
      else requirements.push(...inner.requirements);
      constraints.push(...inner.constraints);
      leftOut.push(...inner.leftOut);
      continue;
    }
    const withoutHashes = line.replaceAll(/\s--hash[=\s]\S+/g, "").trim();
    const requirement = parseRequirement(withoutHashes);
    if (requirement !== undefined) requirements.push(withoutHashes);
    else if (/^(git|hg|https?)[+:]/.test(withoutHashes)) requirements.push(withoutHashes);
    else if (!line.startsWith("--")) leftOut.push(`"${line}" of ${relative(dirname(path), path)} is not taken over.`);
  }
  return { requirements, constraints, leftOut };
}

/** conda's names are mostly those of the index; what is only conda's (compilers, `pip` itself) is left out. */
const onlyConda = new Set([
  "python",
  "pip",
  "conda",
  "mamba",
  "nb_conda_kernels",
  "cudatoolkit",
  "mkl",
  "gcc",
  "gxx",
  "make",
]);
const condaNames: Readonly<Record<string, string>> = {
  pytorch: "torch",
  "pytorch-cpu": "torch",
  "matplotlib-base": "matplotlib",
};

function readCondaEnvironment(text: string): Omit<Pins, "file"> {
  const table = parseYaml(text, { maxAliasCount: 100 }) as { dependencies?: unknown } | null;
  const requirements: string[] = [];
  const leftOut: string[] = [];
  let python: string | undefined;
  for (const entry of Array.isArray(table?.dependencies) ? (table.dependencies as unknown[]) : []) {
    if (typeof entry === "object" && entry !== null && "pip" in entry && Array.isArray(entry.pip)) {
      requirements.push(
        ...entry.pip.filter((line): line is string => typeof line === "string" && !line.startsWith("-")),
      );
      continue;
    }
    if (typeof entry !== "string") continue;
    const parts = /^(?:[\w./-]+::)?([\w.-]+)\s*(?:=|==|\s)?\s*([<>=!~\d][\w.*<>=!~,]*)?/.exec(entry.trim());
    const [, name = "", version = ""] = parts ?? [];
    if (name === "python") python = minorVersion(version.replace(/^[=<>~!]+/, ""));
    else if (onlyConda.has(name)) continue;
    else if (name.startsWith("lib") || name.startsWith("_"))
      leftOut.push(`"${entry}" of environment.yml is only conda's.`);
    else requirements.push(`${condaNames[name] ?? name}${condaSpecifier(version)}`);
  }
  return { requirements, constraints: [], leftOut, ...(python === undefined ? {} : { python }) };
}

/** `1.24` is that version and its patches; `1.24.3=py311_0` and `==1.24.3` exactly that. */
function condaSpecifier(version: string): string {
  const bare = version.replace(/=[a-z]\w*$/, "").replace(/^=+(?=\d)/, "");
  if (bare === "") return "";
  if (!/^\d/.test(bare)) return bare;
  if (bare.endsWith("*")) return `==${bare.replace(/\.?\*$/, ".*")}`;
  return version.startsWith("==") || bare.split(".").length >= 3 ? `==${bare}` : `==${bare}.*`;
}
