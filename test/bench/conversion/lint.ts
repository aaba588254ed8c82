import { join } from "node:path";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { testPython } from "../../support/python.ts";

/** What linters say of a generated project, with the settings that it has itself. */
export interface Findings {
  readonly ruff: number;
  readonly unformatted: number;
  readonly mypy: number;
}

/** Runs the linters in a project; their caches lie beside it, so that the next project is quicker. */
export async function lintFindings(projectFolder: string, cache: string): Promise<Findings> {
  const python = await testPython("lint");
  const lines = async (args: readonly string[], line: RegExp): Promise<number> => {
    const { stdout } = await runProcess(python, ["-m", ...args], { directory: projectFolder });
    return stdout.match(line)?.length ?? 0;
  };
  return {
    ruff: await lines(["ruff", "check", "--no-cache", "--output-format", "concise"], /^\S+:\d+:\d+: /gm),
    unformatted: await lines(["ruff", "format", "--check", "--no-cache"], /^(?:unformatted|Would reformat): /gm),
    mypy: await lines(["mypy", "--cache-dir", join(cache, "mypy")], /^\S+:\d+: error: /gm),
  };
}
