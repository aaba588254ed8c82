import type { ProgressListener } from "@reprise/core";
import { ProblemError } from "@reprise/core";
import { hidden } from "./terminal/hidden.ts";
import { interruption } from "./terminal/interruption.ts";
import { problemText } from "./terminal/problem-text.ts";
import { progressOnStderr } from "./terminal/progress.ts";

/** What a command is given besides its own options. */
export interface Call {
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
  /** A line for the person at the terminal, on stderr. */
  note(line: string): void;
  /** Text that the user's code wrote, as it wrote it, on stderr. */
  write(text: string): void;
}

/** What a command found: one JSON object for scripts, a text for people, an exit code for both. */
export interface Answer {
  readonly exit: number;
  /** Begins with `outcome`; `schema` is put before it. */
  readonly json: { readonly outcome: string };
  text(): string;
}

/**
 * Runs one command to its answer and prints it as the contract says: one JSON object on stdout with `--json`, text
 * otherwise; everything else on stderr. Sets the exit code; never throws.
 */
export async function execute(
  command: string,
  options: { readonly json?: boolean },
  work: (call: Call) => Promise<Answer>,
): Promise<void> {
  const json = options.json === true;
  const progress = progressOnStderr();
  const stop = interruption();
  try {
    const answer = await work({
      signal: stop.signal,
      onProgress: progress.show,
      note: (line) => progress.note(hidden(line)),
      write: (text) => progress.write(hidden(text)),
    });
    progress.end();
    await print(json ? JSON.stringify({ schema: schema(command), ...answer.json }) : answer.text());
    process.exitCode = answer.exit;
  } catch (error) {
    progress.end();
    const failure = failureOf(error, stop.signal);
    if (json) await print(JSON.stringify({ schema: schema(command), outcome: failure.outcome, error: failure.error }));
    else process.stderr.write(hidden(`${failure.text}\n`));
    process.exitCode = failure.exit;
  } finally {
    stop.end();
  }
}

const schema = (command: string) => `reprise.${command.replaceAll(" ", "-")}/1`;

function failureOf(error: unknown, signal: AbortSignal) {
  if (signal.aborted) {
    return { exit: 130, outcome: "interrupted", text: "Interrupted.", error: interrupted };
  }
  if (error instanceof ProblemError) {
    return { exit: error.exitCode, outcome: "failed", text: problemText(error.problem), error: error.problem };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const mend = "Please report it, with this text and the notebook if you may share it.";
  return {
    exit: 4,
    outcome: "failed",
    text: `This is a bug of Reprise.\n${stack}\n${mend}`,
    error: { id: "RP400", message: `This is a bug of Reprise: ${stack}`, mend },
  };
}

const interrupted = { id: "RP130", message: "Interrupted.", mend: "Run the same command again." };

/** Waits until the text is out: a pipe is asynchronous, and a process that ends early would cut it off. */
function print(text: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  process.stdout.write(hidden(text.endsWith("\n") ? text : `${text}\n`), (error) => {
    // A reader that went away (`| head`) has what it wanted.
    if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") reject(error);
    else resolve();
  });
  return promise;
}
