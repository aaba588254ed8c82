import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** What stands for an environment's interpreter. */
export interface ForkedPython {
  /** Runs as the interpreter would, without its start and without importing the libraries again. */
  readonly python: string;
  /** It has the interpreter as `bin/python`, as an environment has. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface ForkedPythonOptions {
  readonly python: string;
  /** Imported by the server, where they are there. */
  readonly libraries: readonly string[];
  /** Of the server and of every program, whatever the program is given. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of the processor's time of one program; by the clock it gets ten times that. No limit where absent. */
  readonly limitSeconds?: number;
}

/**
 * Thousands of short programs cost the start of an interpreter each, and the import of libraries that are all the same.
 * Here they are forks of one process that has imported them; what they compute is the same. Their hashes are seeded as
 * the server is; their random streams are each their own. Where the system is not Linux, whose calls the server needs:
 * the interpreter itself.
 */
export async function forkedPython(options: ForkedPythonOptions): Promise<ForkedPython> {
  const { python, libraries, environment } = options;
  if (process.platform !== "linux") return { python, folder: dirname(dirname(python)), close: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), "reprise-forks-"));
  const address = join(folder, "socket");
  const server = spawn(python, [join(import.meta.dirname, "server.py"), address, ...libraries], {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const client = join(folder, "bin", "python");
  mkdirSync(join(folder, "bin"));
  writeFileSync(client, clientText(address, options));
  chmodSync(client, 0o755);
  await ready(server);
  return {
    python: client,
    folder,
    async close() {
      const gone = once(server, "exit");
      server.stdin?.end();
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `-S -E`: the client itself needs no site, and reads no variable; it hands them on. */
function clientText(address: string, { python, environment, limitSeconds }: ForkedPythonOptions): string {
  const settings = JSON.stringify({ address, python, environment, limit: limitSeconds ?? null });
  return [
    `#!${python} -SE`,
    "import sys",
    `sys.path.append(${JSON.stringify(import.meta.dirname)})`,
    "import client, json",
    `sys.exit(client.main(json.loads(${JSON.stringify(settings)})))`,
    "",
  ].join("\n");
}

async function ready(server: ChildProcess): Promise<void> {
  const lines = createInterface({ input: server.stdout as NodeJS.ReadableStream });
  const first = await Promise.race([once(lines, "line"), once(server, "exit")]);
  if (first[0] !== "ready") throw new Error(`the server of forks ended with ${first[0]}`);
}
