import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A CPython that is installed here. */
export interface CPython {
  readonly python: string;
  readonly version: string;
  /** 11 of 3.11. */
  readonly minor: number;
  /** The folder of its standard library. */
  readonly library: string;
  /** The folder of what is installed for it. */
  readonly packages: string;
}

/** The CPythons from 3.8 on that are on the path or under pyenv: one a minor version, oldest first. */
export function installedCPythons(): readonly CPython[] {
  const pyenv = process.env.PYENV_ROOT ?? join(process.env.HOME ?? "", ".pyenv");
  const candidates = [
    ...globSync(join(pyenv, "versions", "3.*", "bin", "python3")),
    ...(process.env.PATH ?? "")
      .split(delimiter)
      .flatMap((folder) => globSync(join(folder, "python3*")).filter((file) => /python3(\.\d+)?$/.test(file))),
  ];
  const found = new Map<number, CPython>();
  for (const python of candidates) {
    const about = describeCPython(python);
    if (about !== undefined && about.minor >= 8 && !found.has(about.minor)) found.set(about.minor, about);
  }
  return [...found.values()].sort((one, other) => one.minor - other.minor);
}

/** What an interpreter says of itself; undefined where it does not start. */
export function describeCPython(python: string): CPython | undefined {
  const code =
    "import sys, sysconfig, platform, json; print(json.dumps([platform.python_version(), sys.version_info[1], sysconfig.get_path('stdlib'), sysconfig.get_path('purelib')]))";
  const { status, stdout } = spawnSync(python, ["-c", code], { encoding: "utf8" });
  if (status !== 0) return undefined;
  const [version, minor, library, packages] = JSON.parse(stdout) as [string, number, string, string];
  return { python, version, minor, library, packages };
}
