import { ProblemError } from "@reprise/core";
import { findDaemon, presentUv, runProcess } from "@reprise/core/node";
import type { Answer, Call } from "../execute.ts";
import { color } from "../terminal/color.ts";

interface Check {
  readonly name: string;
  /** Reprise does its main job without it. */
  readonly optional: boolean;
  /** A program that tells its version, or a question to what Reprise itself would use: `undefined` where it is missing. */
  readonly ask: readonly [string, ...string[]] | (() => Promise<string | undefined>);
  readonly pattern?: RegExp;
  /** What a program says that is there itself, but lacks this part. */
  readonly lacks?: RegExp;
  readonly mend: string;
}

interface Checked {
  readonly name: string;
  readonly status: "ok" | "missing" | "broken";
  readonly optional: boolean;
  readonly version?: string;
  readonly detail?: string;
  readonly mend?: string;
}

const windows = process.platform === "win32";

const checks: readonly Check[] = [
  {
    name: "python",
    optional: false,
    ask: [windows ? "python" : "python3", "--version"],
    mend: "Install Python 3.9 or newer: https://www.python.org/downloads",
  },
  {
    name: "uv",
    optional: true,
    ask: async () => (await presentUv())?.version,
    mend: "Nothing to do: Reprise gets uv with pip into its own cache when it needs it.",
  },
  {
    name: "docker",
    optional: true,
    ask: async () => (await (await findDaemon()).version()).Version,
    mend: "For --engine docker: install Docker or Podman and start its engine.",
  },
  {
    name: "buildx",
    optional: true,
    ask: ["docker", "buildx", "version"],
    lacks: /is not a docker command|unknown command|docker --help/,
    mend: "Optional: images are built without it too. https://github.com/docker/buildx",
  },
  {
    name: "gpu",
    optional: true,
    ask: ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"],
    pattern: /^(.+)$/m,
    mend: "For --gpus: an NVIDIA driver, and the NVIDIA Container Toolkit for Docker.",
  },
  {
    name: "mlflow",
    optional: true,
    ask: ["mlflow", "--version"],
    mend: "Nothing to do: for sqlite addresses Reprise starts a server through uv; else give its http address.",
  },
  {
    name: "git",
    optional: true,
    ask: ["git", "--version"],
    mend: "Install git, so that runs record the commit they came from: https://git-scm.com",
  },
];

/** Looks at what this machine has; never installs anything. */
export async function examine(call: Call): Promise<Answer> {
  call.onProgress({ task: "Looking at this machine" });
  const found = await Promise.all(checks.map((check) => look(check, call.signal)));
  const node: Checked = { name: "node", status: "ok", optional: false, version: process.versions.node };
  const needs = [node, ...found];
  const isLacking = needs.some((need) => !need.optional && need.status !== "ok");
  return {
    exit: isLacking ? 3 : 0,
    json: { outcome: isLacking ? "lacking" : "ready", ...{ needs } },
    text: () => needs.map(line).join("\n"),
  };
}

async function look(check: Check, signal: AbortSignal): Promise<Checked> {
  const { name, optional, mend, ask } = check;
  const missing: Checked = { name, status: "missing", optional, mend };
  try {
    if (typeof ask === "function") {
      const version = await ask();
      return version === undefined ? missing : { name, status: "ok", optional, version };
    }
    const [command, ...args] = ask;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(20_000)]);
    const { code, stdout, stderr } = await runProcess(command, args, { signal: limit });
    if (code !== 0 && check.lacks?.test(stderr)) return missing;
    const detail = (stderr || stdout).trim().split("\n").at(-1) ?? "";
    if (code !== 0) return { name, status: "broken", optional, detail, mend };
    const version = (check.pattern ?? /(\d+(?:\.\w+)+)/).exec(`${stdout}\n${stderr}`)?.[1]?.trim();
    return { name, status: "ok", optional, ...(version === undefined ? {} : { version }) };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return missing;
    if (!(error instanceof ProblemError)) return { name, status: "broken", optional, detail: message, mend };
    const { problem } = error;
    return problem.id === "RP323"
      ? missing
      : { name, status: "broken", optional, detail: problem.message, mend: problem.mend };
  }
}

function line(need: Checked): string {
  const mark = markOf(need);
  const text = need.status === "ok" ? (need.version ?? "") : [need.detail, need.mend].filter(Boolean).join(" · ");
  return `${mark} ${need.name.padEnd(8)} ${text}`;
}

/** What Reprise does well without is absent, not missing. */
function markOf({ status, optional }: Checked): string {
  if (status === "ok") return color.green("ok     ");
  if (status === "missing" && optional) return color.dim("absent ");
  return (optional ? color.yellow : color.red)(status.padEnd(7));
}
