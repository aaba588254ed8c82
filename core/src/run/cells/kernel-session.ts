import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine, KernelOptions } from "../../engine/engine.ts";
import { agentFolder } from "../../host/assets.ts";
import { KernelClient, KernelDiedError, KernelSilentError } from "../../kernel/client.ts";
import type { Message } from "../../kernel/message.ts";
import { settlesWithin } from "../../kernel/waiting.ts";
import { ProblemError } from "../../problem/problem.ts";
import type { OpenedFile } from "../record/opened-files.ts";
import type { EnvironmentIdentity } from "../record/record.ts";

/** A kernel that answers. Whoever opened it ends it with `client.shutdown()`. */
export interface KernelSession {
  readonly client: KernelClient;
  /** The content of its kernel_info reply. */
  readonly info: Message["content"];
}

/**
 * Starts a kernel and waits until it answers. Throws ProblemError RP322 with what the kernel wrote where it does not; then
 * nothing is left of it.
 */
export async function openKernel(
  engine: Engine,
  options: KernelOptions & { readonly timeoutMilliseconds?: number },
): Promise<KernelSession> {
  const client = new KernelClient(await engine.startKernel(options));
  const { timeoutMilliseconds = 60_000, signal } = options;
  try {
    return { client, info: await client.ready({ timeoutMilliseconds, ...(signal && { signal }) }) };
  } catch (error) {
    const exit = await client.shutdown(0);
    if (!(error instanceof KernelDiedError || error instanceof KernelSilentError)) throw error;
    const silent = error instanceof KernelSilentError;
    const missing = /No module named '?(ipykernel|zmq)/.test(exit.stderr);
    throw new ProblemError(
      {
        id: "RP322",
        message: silent
          ? `The kernel did not answer within ${timeoutMilliseconds / 1000} s.`
          : `The kernel ended before it answered (${error.message}).`,
        mend: missing
          ? "Install ipykernel into this environment: python -m pip install ipykernel"
          : silent
            ? "Allow more time with --start-timeout, or look at what the kernel wrote."
            : "Mend what the kernel's own message names; it is shown below.",
        ...(exit.stderr.trim() && { cause: exit.stderr.trim() }),
      },
      { cause: error },
    );
  }
}

/** Runs a file of the agent in the kernel, in a namespace of its own, and returns what it printed. */
export async function runAgentFile(
  client: KernelClient,
  name: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const source = await readFile(join(agentFolder, name), "utf8");
  // JSON text in a Python string literal: what JSON.stringify writes is one.
  const code = `exec(compile(${JSON.stringify(source)}, "<reprise>", "exec"), __import__("json").loads(${JSON.stringify(JSON.stringify(variables))}))`;
  let printed = "";
  const reply = await client.execute(code, {
    silent: true,
    onMessage({ header, content }) {
      if (header.msg_type === "stream" && content.name === "stdout") printed += String(content.text);
    },
  });
  if (reply.status !== "ok") throw new Error(`${name} failed in the kernel: ${reply.error?.traceback.join("\n")}`);
  return printed;
}

/** The packages that the kernel's interpreter has. */
export async function kernelEnvironment(client: KernelClient): Promise<EnvironmentIdentity> {
  const { python, packages } = JSON.parse(await runAgentFile(client, "packages.py"));
  return {
    python,
    packages: packages.map(([name, version]: [string, string]) => ({ name, version })),
  };
}

/** Seeds the kernel's random streams before the first cell. */
export async function seedKernel(client: KernelClient, seed: number, sources: readonly string[]): Promise<void> {
  const libraries = ["torch", "tensorflow", "keras"].filter((name) => sources.some((source) => source.includes(name)));
  await runAgentFile(client, "seeding.py", {
    seed,
    libraries: libraries.map((name) => (name === "keras" ? "tensorflow" : name)),
  });
}

/** Has the kernel note the files that it opens from now on, for `openedFiles`. One that cannot is not waited for. */
export async function watchFiles(client: KernelClient): Promise<void> {
  await settlesWithin(
    runAgentFile(client, "opened_files.py").catch(() => {}),
    patienceMilliseconds,
  );
}

/** What the cells opened. Empty where the kernel does not answer: it is told what became of it elsewhere. */
export async function openedFiles(client: KernelClient): Promise<readonly OpenedFile[]> {
  const asked = runAgentFile(client, "tell_opened.py").catch(() => "[]");
  return (await settlesWithin(asked, patienceMilliseconds)) ? JSON.parse(await asked) : [];
}

/** A kernel that never answers, or whose cell could not be interrupted, is a matter of the cells' own limits. */
const patienceMilliseconds = 2000;
