import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import { runProcess } from "../../core/src/host/child-process.ts";

export interface InterceptingProxy {
  readonly url: string;
  /** The certificate of the authority that signs for every host, as a file. */
  readonly authority: string;
  /** How many requests each host got through it. */
  readonly requests: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/**
 * A proxy as companies have them: it opens every TLS connection and signs with an authority of its own (made with openssl
 * in `folder`). `answers` are hosts that exist behind it only; all others are asked for real, as this machine trusts them.
 */
export async function interceptingProxy(
  folder: string,
  answers: Readonly<Record<string, RequestListener>> = {},
  port = 0,
): Promise<InterceptingProxy> {
  mkdirSync(folder, { recursive: true });
  const authority = await makeAuthority(folder);
  const requests = new Map<string, number>();
  const sockets = new Set<Socket>();
  const contexts = new Map<string, Promise<SecureContext>>();
  const contextOf = (host: string): Promise<SecureContext> => {
    const known = contexts.get(host) ?? authority.issue(host);
    contexts.set(host, known);
    return known;
  };
  const inner = createServer((request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    requests.set(host, (requests.get(host) ?? 0) + 1);
    const answer = answers[host];
    if (answer !== undefined) return answer(request, response);
    const options = { host, path: request.url, method: request.method, headers: request.headers };
    const asked = requestHttps({ ...options, port: 443 }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    asked.on("error", () => response.destroy());
    request.pipe(asked);
  });
  const outer = createServer((request, response) => {
    const { host, pathname, search } = new URL(request.url ?? "");
    requests.set(host, (requests.get(host) ?? 0) + 1);
    const asked = requestHttp(
      { host, path: pathname + search, method: request.method, headers: request.headers },
      (reply) => reply.pipe(response.writeHead(reply.statusCode ?? 502, reply.headers)),
    );
    asked.on("error", () => response.destroy());
    request.pipe(asked);
  });
  outer.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => {})));
  outer.on("connect", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const [host = "", at = "443"] = (request.url ?? "").split(":");
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (at !== "443") {
      const asked = connect(Number(at), host).on("error", () => socket.destroy());
      asked.write(head);
      socket.pipe(asked).pipe(socket);
      return;
    }
    void contextOf(host).then((secureContext) => {
      if (head.length > 0) socket.unshift(head);
      const opened = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ["http/1.1"] });
      inner.emit(
        "connection",
        opened.on("error", () => socket.destroy()),
      );
    });
  });
  await new Promise<void>((resolve) => outer.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(outer.address() as AddressInfo).port}`,
    authority: authority.certificate,
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      inner.close();
      await new Promise((resolve) => outer.close(resolve));
    },
  };
}

/** An authority of certificates that nobody trusts who is not told to. */
async function makeAuthority(folder: string) {
  const [key, certificate] = [join(folder, "authority.key"), join(folder, "authority.pem")];
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const openssl = async (...args: string[]): Promise<string> => {
    const { code, stderr, stdout } = await runProcess("openssl", args);
    if (code !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
    return stdout;
  };
  const extensions = [
    "-addext",
    "basicConstraints=critical,CA:TRUE",
    "-addext",
    "keyUsage=critical,keyCertSign,cRLSign",
  ];
  const subject = ["-subj", "/CN=Test Corporation Root"];
  await openssl(
    "req",
    "-x509",
    "-days",
    "2",
    ...newKey,
    "-keyout",
    key,
    "-out",
    certificate,
    ...subject,
    ...extensions,
  );
  let serial = 1;
  return {
    certificate,
    async issue(host: string): Promise<SecureContext> {
      const own = join(folder, `host-${serial++}`);
      await openssl(
        "req",
        ...newKey,
        "-keyout",
        `${own}.key`,
        "-out",
        `${own}.csr`,
        "-subj",
        `/CN=${host.slice(0, 60)}`,
      );
      writeFileSync(`${own}.ext`, `subjectAltName=DNS:${host}\nextendedKeyUsage=serverAuth\n`);
      const signing = ["-CA", certificate, "-CAkey", key, "-set_serial", String(serial), "-days", "2"];
      const cert = await openssl("x509", "-req", "-in", `${own}.csr`, ...signing, "-extfile", `${own}.ext`);
      const { stdout } = await runProcess("cat", [`${own}.key`]);
      return createSecureContext({ key: stdout, cert });
    },
  };
}
