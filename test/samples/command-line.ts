import { join } from "node:path";
import { runProcess } from "../../core/src/host/child-process.ts";

const reprise = join(import.meta.dirname, "..", "..", "cli", "bin", "reprise.js");

export interface Called<Answer> {
  readonly exit: number | null;
  readonly answer: Answer;
}

/** Calls `reprise` as a script would: in a process of its own, with `--json`. */
export async function callReprise<Answer>(args: readonly string[], directory: string): Promise<Called<Answer>> {
  const { code, stdout, stderr } = await runProcess(process.execPath, [reprise, ...args, "--json"], { directory });
  try {
    return { exit: code, answer: JSON.parse(stdout) as Answer };
  } catch {
    throw new Error(`reprise ${args[0]} ended with ${code}, without an answer: ${stderr || stdout}`);
  }
}
