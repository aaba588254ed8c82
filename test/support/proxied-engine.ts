import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type Docker from "dockerode";
import { temporaryFolder } from "./folder.ts";

/**
 * The container engine behind a socket that can be cut: for everyone who uses it, the engine then stopped, as when its
 * daemon is killed, while it goes on for other tests. `DOCKER_HOST` names the socket until the test ends.
 */
export async function proxiedEngine(context: TestContext, daemon: Docker): Promise<{ readonly cut: () => void }> {
  const { socketPath } = daemon.modem as { socketPath?: string };
  if (socketPath === undefined) throw new Error("the engine is not behind a socket of this machine");
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(socketPath);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  const path = join(temporaryFolder(context), "engine.sock");
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const before = process.env.DOCKER_HOST;
  process.env.DOCKER_HOST = `unix://${path}`;
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  context.after(() => {
    cut();
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
  });
  return { cut };
}
