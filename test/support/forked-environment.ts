import { dirname } from "node:path";
import { after } from "node:test";
import type { ForkedPython } from "../bench/forked-python/forked-python.ts";
import { usualForkedPython } from "../bench/forked-python/usual-python.ts";

let forks: Promise<ForkedPython> | undefined;

/**
 * An environment like that of `python`, for `--environment`, for proofs one after the other: its processes are forks of
 * one that has imported the usual libraries, which is most of what a proof takes. It ends with the test file.
 *
 * @param isFresh Whether processes start from nothing after all: the environment itself.
 */
export async function forkedEnvironment(python: string, isFresh = false): Promise<string> {
  if (isFresh) return dirname(dirname(python));
  forks ??= usualForkedPython(python);
  return (await forks).folder;
}

after(async () => (await forks)?.close());
