import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { agentFolder } from "../../host/assets.ts";
import type { OpenedFile } from "../record/opened-files.ts";

/** A package that is run as by `python -m`, while it is noted which files it opens. */
export interface WatchedPackage {
  /** What stands before the package's name. */
  readonly command: readonly [string, ...string[]];
  /** What the last run of it opened; nothing where it was killed. */
  opened(): Promise<readonly OpenedFile[]>;
}

/** @param folder Where the notes may lie while it runs; handed to the engine. */
export async function watchedPackage(engine: Engine, folder: string): Promise<WatchedPackage> {
  // What is opened on a node of a cluster lies there.
  if (engine.kind === "ray") return { command: ["python", "-m"], opened: async () => [] };
  const sources = ["opened_files.py", "run_package.py"].map((name) => readFile(join(agentFolder, name), "utf8"));
  const notes = resolve(folder, ".opened.json");
  return {
    command: ["python", "-c", (await Promise.all(sources)).join("\n"), engine.pathInside(notes)],
    async opened() {
      const text = await readFile(notes, "utf8").catch(() => "[]");
      await rm(notes, { force: true });
      return JSON.parse(text);
    },
  };
}
