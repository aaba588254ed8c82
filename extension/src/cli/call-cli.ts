import { runProcess } from "@reprise/core/node";
import { type CliAnswer, parseAnswer } from "./answer.ts";

export interface CliCall {
  /** From `findCli`. */
  readonly cli: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly signal: AbortSignal;
  /** A line that the command line wrote to stderr: what it is doing. */
  readonly onLine: (line: string) => void;
}

/** The command line stops what it started before it ends: a kernel that does not obey, a container, a server. */
const graceMilliseconds = 60_000;

/**
 * Calls the command line with `--json` and waits for its answer. An abort ends its whole process tree and rejects with
 * the signal's reason. Rejects too where it cannot be started, or answers with something that is no answer.
 */
export async function callCli<Answer extends CliAnswer>({
  cli,
  args,
  directory,
  signal,
  onLine,
}: CliCall): Promise<Answer> {
  let rest = "";
  const onOutput = (stream: "stdout" | "stderr", text: string) => {
    if (stream !== "stderr") return;
    const lines = (rest + text).split(/[\r\n]+/);
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") onLine(line);
  };
  const { command, before } = launcher(cli);
  const environment = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ELECTRON_RUN_AS_NODE: undefined };
  const options = { directory, signal, environment, graceMilliseconds, onOutput };
  const ended = await runProcess(command, [...before, ...args, "--json"], options);
  if (rest.trim() !== "") onLine(rest);
  const answer = parseAnswer(ended.stdout);
  if (answer === undefined) {
    throw new Error(
      `${cli} ended with ${ended.code ?? ended.signal} and without an answer: ${ended.stderr.slice(-400)}`,
    );
  }
  return answer as Answer;
}

/** Windows starts `.cmd` files only through its shell. */
function launcher(cli: string): { readonly command: string; readonly before: readonly string[] } {
  return cli.endsWith(".cmd") ? { command: "cmd.exe", before: ["/d", "/s", "/c", cli] } : { command: cli, before: [] };
}
