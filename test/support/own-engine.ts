import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout } from "node:timers/promises";
import Docker from "dockerode";
import { folderAsTar } from "../../core/src/engine/docker/folder-tar.ts";
import { runProcess } from "../../core/src/host/child-process.ts";
import { settlesWithin } from "../../core/src/kernel/waiting.ts";

export interface OwnEngine {
  readonly daemon: Docker;
  /** With `/bin/sh`, and nothing else. */
  readonly image: string;
  /** Whether it knows the Container Device Interface (from 25 on). */
  readonly knowsCdi: boolean;
}

export interface OwnEngineOptions {
  /** A folder that it looks for programs in first. */
  readonly programs?: string;
  /** A folder with specifications of the Container Device Interface. */
  readonly devices?: string;
}

const image = "reprise-test/shell:latest";

/**
 * A container engine for one test, beside the machine's own and with nothing in common with it. Where none can be started
 * (it takes root on Linux, and `dockerd`), the test is skipped, or fails under REPRISE_REQUIRE=all.
 */
export async function requireOwnEngine(
  context: TestContext,
  options: OwnEngineOptions,
): Promise<OwnEngine | undefined> {
  try {
    if (process.platform !== "linux" || process.getuid?.() !== 0) throw new Error("it takes root on Linux");
    return await startEngine(context, options);
  } catch (error) {
    if (process.env.REPRISE_REQUIRE === "all") throw error;
    context.skip(`no container engine can be started here: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

async function startEngine(context: TestContext, { devices, programs }: OwnEngineOptions): Promise<OwnEngine> {
  const { stdout: version } = await runProcess("dockerd", ["--version"]);
  const knowsCdi = Number(/version (\d+)/.exec(version)?.[1]) >= 25;
  const folder = mkdtempSync(join(tmpdir(), "reprise-engine-"));
  const settings = knowsCdi && devices !== undefined ? { features: { cdi: true }, "cdi-spec-dirs": [devices] } : {};
  writeFileSync(join(folder, "daemon.json"), JSON.stringify(settings));
  const socket = join(folder, "engine.sock");
  const places = ["--data-root", "data", "--exec-root", "exec", "--pidfile", "pid", "--config-file", "daemon.json"];
  const child = spawn(
    "dockerd",
    [
      ...places.map((word, at) => (at % 2 === 0 ? word : join(folder, word))),
      ...["--host", `unix://${socket}`, "--storage-driver", "vfs"],
      ...["--bridge", "none", "--iptables=false", "--ip6tables=false"],
    ],
    {
      env: { ...process.env, PATH: [programs, process.env.PATH].filter(Boolean).join(delimiter) },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-4000)));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  context.after(async () => {
    child.kill("SIGTERM");
    if (!(await settlesWithin(ended, 20_000))) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  });
  const daemon = new Docker({ socketPath: socket });
  const deadline = performance.now() + 60_000;
  while (!(await daemon.ping().then(Boolean, () => false))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`dockerd did not start: ${log}`);
    await setTimeout(100);
  }
  await importShell(daemon, join(folder, "root"));
  return { daemon, image, knowsCdi };
}

/** This machine's shell, with the libraries that it needs. */
async function importShell(daemon: Docker, root: string): Promise<void> {
  const { stdout } = await runProcess("ldd", ["/bin/sh"]);
  const files = [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, file = ""]) => file);
  for (const file of ["/bin/sh", ...files]) cpSync(realpathSync(file), join(root, file));
  mkdirSync(join(root, "usr", "bin"), { recursive: true });
  const [repo = "", tag = ""] = image.split(":");
  const imported = await daemon.importImage((await folderAsTar(root)) as NodeJS.ReadableStream, { repo, tag });
  for await (const _ of imported) {
    // It is there when the engine has told all of it.
  }
}
