import { closeSync, openSync, writeSync } from "node:fs";
import type { RunEvent } from "@reprise/core/node";
import { writeProblem } from "@reprise/core/node";

const standardOutput = 1;

/** Files that take what cells write to their streams, as it comes. */
export interface StreamFiles {
  take(event: RunEvent): void;
  close(): void;
}

/** `-` is standard output. Throws ProblemError RP361, RP362 where a file cannot be made; what fails later is told to `onFailure`, once. */
export function openStreamFiles(
  options: { readonly stdoutFile?: string; readonly stderrFile?: string },
  onFailure: (message: string) => void,
): StreamFiles {
  const files = new Map<string, { readonly path: string; readonly file: number }>();
  for (const [stream, path] of [
    ["stdout", options.stdoutFile],
    ["stderr", options.stderrFile],
  ] as const) {
    if (path !== undefined) files.set(stream, { path, file: make(path) });
  }
  return {
    take(event) {
      const open = event.kind === "output" ? files.get(event.stream) : undefined;
      if (open === undefined || event.kind !== "output") return;
      try {
        writeSync(open.file, event.text);
      } catch (error) {
        files.delete(event.stream);
        if (open.file !== standardOutput) closeSync(open.file);
        onFailure(`${open.path} is not written any further: ${error instanceof Error ? error.message : error}`);
      }
    },
    close() {
      for (const { file } of files.values()) if (file !== standardOutput) closeSync(file);
    },
  };
}

function make(path: string): number {
  if (path === "-") return standardOutput;
  try {
    return openSync(path, "w");
  } catch (error) {
    throw writeProblem(error, path);
  }
}
