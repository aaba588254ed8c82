import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { ProblemError } from "../../problem/problem.ts";

/** A kernel that Jupyter knows on this machine (https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs). */
export interface Kernelspec {
  readonly name: string;
  readonly displayName: string;
  readonly language: string;
  /** The command that starts it, `{connection_file}` in it. */
  readonly argv: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** How it wants to be interrupted. */
  readonly interruptMode: "signal" | "message";
}

/**
 * The folders in which Jupyter looks for `kernels/`, in its order
 * (https://docs.jupyter.org/en/latest/use/jupyter-directories.html): JUPYTER_PATH, the user's, `prefixes` (of Pythons),
 * the machine's.
 */
export function jupyterDataFolders(
  prefixes: readonly string[] = [],
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): readonly string[] {
  const home = environment.HOME ?? homedir();
  const user =
    environment.JUPYTER_DATA_DIR ??
    (platform === "win32"
      ? join(environment.APPDATA ?? home, "jupyter")
      : platform === "darwin"
        ? join(home, "Library", "Jupyter")
        : join(environment.XDG_DATA_HOME ?? join(home, ".local", "share"), "jupyter"));
  const machine =
    platform === "win32"
      ? [join(environment.PROGRAMDATA ?? "C:\\ProgramData", "jupyter")]
      : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
  const named = environment.JUPYTER_PATH?.split(delimiter).filter((path) => path !== "") ?? [];
  return [...named, user, ...prefixes.map((prefix) => join(prefix, "share", "jupyter")), ...machine];
}

/** Every kernel of those folders; of two with one name, the first. A kernel.json that cannot be read is left out. */
export function kernelspecs(prefixes: readonly string[] = []): readonly Kernelspec[] {
  const found = new Map<string, Kernelspec>();
  for (const data of jupyterDataFolders(prefixes)) {
    const folder = join(data, "kernels");
    for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
      const spec = readKernelspec(join(folder, name), name);
      if (spec !== undefined && !found.has(spec.name)) found.set(spec.name, spec);
    }
  }
  return [...found.values()];
}

/** The kernel of a name. Throws ProblemError RP310 that lists what there is. */
export function kernelspecNamed(name: string, prefixes: readonly string[] = activePrefixes()): Kernelspec {
  const all = kernelspecs(prefixes);
  const spec = all.find((one) => one.name === name.toLowerCase());
  if (spec !== undefined) return spec;
  const names = all.map((one) => one.name).join(", ");
  throw new ProblemError({
    id: "RP310",
    message: `There is no kernel called "${name}" on this machine${names === "" ? "" : `; there is ${names}`}.`,
    mend: `Install it (python -m ipykernel install --user --name ${name}), name another with -k, or run in a locked environment (--environment locked).`,
  });
}

/** The Python that a kernel runs: the first word of its command. Throws ProblemError RP310 that lists what there is. */
export function pythonOfKernelspec(name: string, prefixes: readonly string[] = activePrefixes()): string {
  const spec = kernelspecNamed(name, prefixes);
  if (spec.argv[0] === undefined || spec.language !== "python") {
    throw new ProblemError({
      id: "RP310",
      message: `The kernel "${name}" (${spec.folder}) is not one for Python.`,
      mend: "Name a Python kernel with -k.",
    });
  }
  return programOf(spec);
}

/** The first word of a kernel's command: Jupyter replaces a bare `python` by that of the environment whose kernel it is. */
export function programOf({ argv, folder }: Kernelspec): string {
  const program = argv[0] ?? "";
  if (!/^python(3(\.\d+)?)?$/.test(program)) return program;
  const beside = join(prefixOf(folder), process.platform === "win32" ? "python.exe" : "bin/python");
  return existsSync(beside) ? beside : program;
}

/** Whether a kernel is ipykernel in a Python, started as `python -m ipykernel install` writes it. */
export function isIpykernel({ argv, language }: Kernelspec): boolean {
  return language === "python" && ipykernelArguments.test(argv.slice(1).join(" "));
}

const ipykernelArguments = /^(-Xfrozen_modules=off )?-m ipykernel(_launcher)? -f \{connection_file\}$/;

/** `PREFIX/share/jupyter/kernels/NAME`. */
function prefixOf(folder: string): string {
  return dirname(dirname(dirname(dirname(folder))));
}

/** The environments that are active in the caller's shell: by its variables, and those whose programs it finds. */
function activePrefixes(): readonly string[] {
  const named = [process.env.VIRTUAL_ENV, process.env.CONDA_PREFIX].filter((prefix) => prefix !== undefined);
  const found = (process.env.PATH ?? "").split(delimiter).map((folder) => dirname(folder));
  return [...new Set([...named, ...found])].filter((prefix) => isAbsolute(prefix));
}

function readKernelspec(folder: string, name: string): Kernelspec | undefined {
  try {
    const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8")) as Record<string, unknown>;
    const argv = Array.isArray(spec.argv) ? spec.argv.filter((word) => typeof word === "string") : [];
    const variables = Object.entries(typeof spec.env === "object" && spec.env !== null ? spec.env : {});
    return {
      name: name.toLowerCase(),
      displayName: typeof spec.display_name === "string" ? spec.display_name : name,
      language: typeof spec.language === "string" ? spec.language.toLowerCase() : "",
      argv,
      folder,
      interruptMode: spec.interrupt_mode === "message" ? "message" : "signal",
      environment: Object.fromEntries(
        variables.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
      ),
    };
  } catch {
    return undefined;
  }
}
