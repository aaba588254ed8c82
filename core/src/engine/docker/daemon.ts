import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type Docker from "dockerode";
import { settlesWithin } from "../../kernel/waiting.ts";
import { ProblemError } from "../../problem/problem.ts";

/** How to reach a container engine: `unix:///var/run/docker.sock`, and where that was found. */
interface Address {
  readonly address: string;
  readonly from: string;
}

const answerMilliseconds = 5000;

/**
 * The container engine that answers here: the one that `DOCKER_HOST` or Docker's current context names, else the first of
 * the usual sockets of Docker and Podman. Throws ProblemError: RP323 none is there, RP324 none answers, RP325 not allowed.
 */
export async function findDaemon(): Promise<Docker> {
  const { default: Client } = await import("dockerode");
  const failures: { readonly where: Address; readonly error: NodeJS.ErrnoException }[] = [];
  for (const where of addresses()) {
    const client =
      where.address.startsWith("unix://") || where.address.startsWith("npipe://")
        ? new Client({ socketPath: where.address.replace(/^(unix|npipe):\/\//, "") })
        : clientOf(Client, where.address);
    try {
      if (await settlesWithin(client.ping(), answerMilliseconds)) return client;
      failures.push({ where, error: new Error("it does not answer") });
    } catch (error) {
      failures.push({ where, error: error as NodeJS.ErrnoException });
    }
  }
  throw notReached(failures);
}

/** dockerode reads a remote address, with its certificates or ssh, from the variable only. */
function clientOf(Client: typeof Docker, address: string): Docker {
  const before = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = address;
  try {
    return new Client();
  } finally {
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
  }
}

/** What a user names counts alone; the usual places are looked at where nothing is named. */
function addresses(): Address[] {
  if (process.env.DOCKER_HOST) return [{ address: process.env.DOCKER_HOST, from: "DOCKER_HOST" }];
  const context = contextAddress();
  if (context) return [context];
  if (process.platform === "win32") {
    return ["//./pipe/docker_engine", "//./pipe/podman-machine-default"].map((pipe) => ({
      address: `npipe://${pipe}`,
      from: pipe,
    }));
  }
  const runtime = process.env.XDG_RUNTIME_DIR ?? `/run/user/${process.getuid?.() ?? 0}`;
  return [
    "/var/run/docker.sock",
    join(runtime, "docker.sock"),
    join(homedir(), ".docker", "run", "docker.sock"),
    join(homedir(), ".colima", "default", "docker.sock"),
    join(homedir(), ".rd", "docker.sock"),
    join(homedir(), ".orbstack", "run", "docker.sock"),
    join(runtime, "podman", "podman.sock"),
    "/run/podman/podman.sock",
  ]
    .filter((socket) => existsSync(socket))
    .map((socket) => ({ address: `unix://${socket}`, from: socket }));
}

/** The endpoint of Docker's current context: `DOCKER_CONTEXT`, or `docker context use`. */
function contextAddress(): Address | undefined {
  const folder = process.env.DOCKER_CONFIG ?? join(homedir(), ".docker");
  const name = process.env.DOCKER_CONTEXT || currentContext(folder);
  if (!name || name === "default") return undefined;
  const digest = createHash("sha256").update(name).digest("hex");
  const meta = readJson(join(folder, "contexts", "meta", digest, "meta.json")) as
    | { Endpoints?: { docker?: { Host?: string } } }
    | undefined;
  const address = meta?.Endpoints?.docker?.Host;
  return address ? { address, from: `Docker's context ${name}` } : undefined;
}

function currentContext(folder: string): string | undefined {
  return (readJson(join(folder, "config.json")) as { currentContext?: string } | undefined)?.currentContext;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function notReached(
  failures: readonly { readonly where: Address; readonly error: NodeJS.ErrnoException }[],
): ProblemError {
  const [first] = failures;
  if (first === undefined) {
    return new ProblemError({
      id: "RP323",
      message: "There is no container engine on this machine: neither Docker nor Podman has a socket here.",
      mend: "Install and start Docker or Podman, set DOCKER_HOST, or run with --engine local.",
    });
  }
  const denied = failures.find(({ error }) => error.code === "EACCES" || error.code === "EPERM");
  const cause = failures.map(({ where, error }) => `${where.from}: ${error.message}`).join("\n");
  if (denied) {
    return new ProblemError({
      id: "RP325",
      message: `This user may not use the container engine at ${denied.where.from}.`,
      mend: "Add the user to the group docker (sudo usermod -aG docker $USER) and log in again, or use rootless Docker or Podman.",
      cause,
    });
  }
  return new ProblemError({
    id: "RP324",
    message: `The container engine at ${first.where.from} does not answer.`,
    mend: "Start it (Docker Desktop, or: sudo systemctl start docker), or run with --engine local.",
    cause,
  });
}
