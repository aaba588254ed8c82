/** The web, with a server of the test's own; GitHub with a mock that answers as its interface does. */
import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { checkWritable, readAddress, writeAddress } from "../../../core/src/address/transfer.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";

async function serve(context: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  context.after(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const problemOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ProblemError, String(error));
  return error.problem;
};

test("a web page's notebook is read through redirects, with the address's own credentials", async (context) => {
  const url = await serve(context, (request, response) => {
    if (request.url?.startsWith("/moved")) response.writeHead(302, { location: "/a.ipynb?token=t" }).end();
    else if (request.headers.authorization !== `Basic ${Buffer.from("bob:p@ss").toString("base64")}`) {
      response.writeHead(401).end();
    } else response.end("{}");
  });
  const own = url.replace("http://", "http://bob:p%40ss@");
  assert.equal(Buffer.from(await readAddress(`${own}/moved`)).toString(), "{}");
  assert.equal((await problemOf(readAddress(`${url}/a.ipynb`))).id, "RP365");
});

test("what a server refuses is told by its status, and never with a token of the address", async (context) => {
  const url = await serve(context, (request, response) => {
    response.writeHead(Number(/status=(\d+)/.exec(request.url ?? "")?.[1])).end("no");
  });
  for (const [status, id] of [
    [404, "RP363"],
    [403, "RP364"],
    [401, "RP365"],
    [500, "RP366"],
  ] as const) {
    const problem = await problemOf(readAddress(`${url}/a.ipynb?token=s3cr3t&status=${status}`));
    assert.equal(problem.id, id);
    assert.ok(!JSON.stringify(problem).includes("s3cr3t"));
  }
});

test("a server that is away is told with what the network said", async () => {
  const problem = await problemOf(readAddress("http://127.0.0.1:49151/a.ipynb?token=s3cr3t"));
  assert.equal(problem.id, "RP366");
  assert.match(problem.cause ?? "", /ECONNREFUSED/);
  assert.ok(!JSON.stringify(problem).includes("s3cr3t"));
});

test("an abort ends the waiting", async (context) => {
  const url = await serve(context, () => {});
  const stop = AbortSignal.timeout(50);
  await assert.rejects(readAddress(`${url}/a.ipynb`, { signal: stop }), { name: "TimeoutError" });
});

test("an output is put", async (context) => {
  let put: readonly [string | undefined, string | undefined, string] | undefined;
  const url = await serve(context, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    put = [request.method, request.headers["content-type"], Buffer.concat(chunks).toString()];
    response.writeHead(201).end();
  });
  await checkWritable(`${url}/out.ipynb`);
  await writeAddress(`${url}/out.ipynb`, Buffer.from("{}"));
  assert.deepEqual(put, ["PUT", "application/x-ipynb+json", "{}"]);
});

test("GitHub's pages are read as text, a private one and a branch with slashes through its interface", async (context) => {
  const asked: string[] = [];
  const url = await serve(context, (request, response) => {
    const token = request.headers.authorization ?? "";
    asked.push(`${request.url} ${token}`.trim());
    const isRaw = request.url === "/raw/owner/repository/main/deep/a.ipynb";
    const isContents = request.url === "/api/v3/repos/owner/repository/contents/deep/a.ipynb?ref=feature%2Fnew";
    if (isRaw || (isContents && token === "Bearer t0k3n")) response.end("{}");
    else response.writeHead(404).end();
  });
  process.env.GITHUB_SERVER_URL = url;
  delete process.env.GITHUB_TOKEN;
  delete process.env.GH_TOKEN;
  context.after(() => {
    delete process.env.GITHUB_SERVER_URL;
    delete process.env.GITHUB_TOKEN;
  });
  const read = async (path: string) => Buffer.from(await readAddress(`${url}/${path}`)).toString();
  assert.equal(await read("owner/repository/blob/main/deep/a.ipynb"), "{}");
  assert.equal(await read("owner/repository/raw/refs/heads/main/deep/a.ipynb"), "{}");
  const missing = await problemOf(readAddress(`${url}/owner/private/blob/main/a.ipynb`));
  assert.equal(missing.id, "RP363");
  assert.match(missing.mend, /GITHUB_TOKEN/);
  process.env.GITHUB_TOKEN = "t0k3n";
  assert.equal(await read("owner/repository/blob/feature/new/deep/a.ipynb"), "{}", asked.join("\n"));
  assert.equal((await problemOf(readAddress(`${url}/owner/repository`))).id, "RP367");
  assert.equal((await problemOf(checkWritable(`${url}/owner/repository/blob/main/a.ipynb`))).id, "RP367");
});
