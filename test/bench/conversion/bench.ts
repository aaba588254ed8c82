import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { testPython } from "../../support/python.ts";
import { usualForkedPython } from "../forked-python/usual-python.ts";
import { openConverter } from "./converter.ts";
import type { Bench } from "./judge-subject.ts";

/** What a run of the benchmark works with, until it is closed. */
export async function openBench(work: string): Promise<Bench & { close(): Promise<void> }> {
  const python = await testPython("ml");
  const forks = await usualForkedPython(python);
  const engine = await localEngine({ environment: { python: forks.python, folder: forks.folder, version: "3.11" } });
  return {
    converter: await openConverter(),
    engine,
    python: forks.python,
    work,
    async close() {
      await engine.close();
      await forks.close();
    },
  };
}
