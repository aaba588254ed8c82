import { randomInt, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownMark, removeLeftBehind } from "../host/left-behind.ts";
import type { ChannelAddresses } from "../kernel/zeromq-transport.ts";

/** How a kernel is reached: what it is told, in a file that only this user can read, in a folder of its own. */
export interface Connection {
  readonly file: string;
  readonly key: string;
  readonly addresses: ChannelAddresses;
  remove(): Promise<void>;
}

const prefix = "reprise-kernel-";

/**
 * Prepares the connection of a kernel that is about to start.
 *
 * @param takesPaths The kernel can bind sockets in the file system, which lie in the same folder and never clash. Kernels
 *   in other languages often know TCP only.
 */
export async function prepareConnection(takesPaths: boolean): Promise<Connection> {
  await removeLeftBehind(tmpdir(), prefix);
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${ownMark}`));
  const sockets = takesPaths && process.platform !== "win32" ? pathSockets(folder) : await portSockets();
  const { ip, ports, transport } = sockets;
  const [shell = 0, iopub = 0, stdin = 0, control = 0, heartbeat = 0] = ports;
  const address = (port: number): string => `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${port}`;
  const key = randomUUID();
  const file = join(folder, "connection.json");
  const content = {
    transport,
    ip,
    key,
    signature_scheme: "hmac-sha256",
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
  };
  await writeFile(file, JSON.stringify(content), { mode: 0o600 });
  return {
    file,
    key,
    addresses: { shell: address(shell), iopub: address(iopub), stdin: address(stdin), control: address(control) },
    // What cannot be removed now is removed by a later one.
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {}),
  };
}

interface Sockets {
  readonly transport: "ipc" | "tcp";
  readonly ip: string;
  readonly ports: readonly number[];
}

function pathSockets(folder: string): Sockets {
  return { transport: "ipc", ip: join(folder, "k"), ports: [1, 2, 3, 4, 5] };
}

/**
 * Ports that are free now. Between now and their use by the kernel another could take them, so that on Linux, where all of
 * 127.0.0.0/8 is this machine, each kernel has an address of its own.
 */
async function portSockets(): Promise<Sockets> {
  const ip =
    process.platform === "linux" ? `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}` : "127.0.0.1";
  const servers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, ip, resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return { transport: "tcp", ip, ports };
}
