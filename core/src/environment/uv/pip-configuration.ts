import { runProcess } from "../../host/child-process.ts";

/** pip's settings after its own order of precedence, by the long name of the option: `index-url`, `find-links`. */
export type PipConfiguration = ReadonlyMap<string, string>;

const read = new Map<string, Promise<PipConfiguration>>();

/**
 * pip's configuration as `python -m pip config list` tells it (files of the machine, the user and the virtual
 * environment, and `PIP_*` variables), read once in the life of this process. Without pip, the variables alone.
 */
export function pipConfiguration(python = "python3"): Promise<PipConfiguration> {
  const known = read.get(python);
  if (known !== undefined) return known;
  const answer = readConfiguration(python);
  read.set(python, answer);
  return answer;
}

async function readConfiguration(python: string): Promise<PipConfiguration> {
  const listed = await runProcess(python, ["-m", "pip", "--disable-pip-version-check", "config", "list"]).catch(
    () => undefined,
  );
  return mergePipConfiguration(listed?.code === 0 ? listed.stdout : "", process.env);
}

/** Sections of pip's configuration that concern installing, the later ones stronger. */
const sections = ["global", "wheel", "download", "install", ":env:"];

/** Merges what `pip config list` printed (`global.index-url='https://...'`) with `PIP_*` variables, which are strongest. */
export function mergePipConfiguration(listed: string, environment: NodeJS.ProcessEnv): PipConfiguration {
  const bySection = new Map<string, Map<string, string>>();
  for (const line of listed.split(/\r?\n/)) {
    const setting = /^([\w:]+)\.\.?([\w-]+)=(['"])(.*)\3$/.exec(line);
    if (setting === null) continue;
    const [, section = "", option = "", , value = ""] = setting;
    const options = bySection.get(section) ?? new Map<string, string>();
    bySection.set(section, options.set(option, unescapePython(value)));
  }
  const merged = new Map<string, string>();
  for (const section of sections) {
    for (const [option, value] of bySection.get(section) ?? []) merged.set(option, value);
  }
  for (const [name, value] of Object.entries(environment)) {
    if (!/^PIP_[A-Z]/.test(name) || value === undefined || value === "") continue;
    merged.set(name.slice("PIP_".length).toLowerCase().replaceAll("_", "-"), value);
  }
  return merged;
}

/** The body of a Python string literal as `repr` writes it. */
function unescapePython(body: string): string {
  return body.replaceAll(/\\(n|r|t|\\|'|")/g, (_whole, letter: string) => {
    return { n: "\n", r: "\r", t: "\t" }[letter] ?? letter;
  });
}
