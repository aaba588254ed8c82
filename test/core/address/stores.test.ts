/** Object stores, each against a server that speaks as it does. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { before, describe, type TestContext, test } from "node:test";
import { checkWritable, readAddress, writeAddress } from "../../../core/src/address/transfer.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { startAzure, startGcs, startS3 } from "../../support/stores.ts";

const text = '{"cells": [], "text": "grün"}';

/** The clients read this process's environment. */
function set(context: TestContext, variables: Readonly<Record<string, string | undefined>>): void {
  const earlier = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const assign = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(variables)) assign(name, value);
  context.after(() => {
    for (const [name, value] of earlier) assign(name, value);
  });
}

/** Credentials of whoever runs the tests stay out of them. */
before(() => {
  for (const name of Object.keys(process.env))
    if (/^(AWS|AZURE|GOOGLE|HF)_(?!CA_BUNDLE)/.test(name)) delete process.env[name];
});

const problemOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ProblemError, String(error));
  return error.problem;
};

const read = async (address: string) => Buffer.from(await readAddress(address)).toString();

async function roundTrip(bucket: string): Promise<void> {
  await checkWritable(`${bucket}/deep/a b.ipynb`);
  await writeAddress(`${bucket}/deep/a b.ipynb`, Buffer.from(text));
  assert.equal(await read(`${bucket}/deep/a b.ipynb`), text);
  await writeAddress(`${bucket}/deep/a b.ipynb`, Buffer.from("{}"));
  assert.equal(await read(`${bucket}/deep/a b.ipynb`), "{}");
  assert.equal((await problemOf(readAddress(`${bucket}/none.ipynb`))).id, "RP363");
}

describe("an S3 bucket", () => {
  test("is read and written, and what is missing is told before it is needed", async (context) => {
    const server = await startS3(context);
    if (server === undefined) return;
    set(context, server);
    await roundTrip("s3://notebooks");
    const missing = await problemOf(checkWritable("s3://no-such-bucket/a.ipynb"));
    assert.equal(missing.id, "RP363");
    assert.match(missing.cause ?? "", /no-such-bucket/);
  });

  test("says which credentials are missing or not accepted, and shows none of them", async (context) => {
    const server = await startS3(context);
    if (server === undefined) return;
    set(context, { ...server, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    const { id, mend } = await problemOf(readAddress("s3://notebooks/a.ipynb"));
    assert.equal(id, "RP365");
    assert.match(mend, /AWS_ACCESS_KEY_ID/);
    set(context, server);
    // From now on moto checks who asks.
    await fetch(`${server.AWS_ENDPOINT_URL}/moto-api/reset-auth`, { method: "POST", body: "0" });
    const problem = await problemOf(readAddress("s3://notebooks/a.ipynb"));
    assert.equal(problem.id, "RP364");
    assert.ok(!JSON.stringify(problem).includes(server.AWS_SECRET_ACCESS_KEY ?? ""));
  });

  test("keeps what was there when a new object is cut off on its way", async (context) => {
    const server = await startS3(context);
    if (server === undefined) return;
    set(context, server);
    const address = "s3://notebooks/large.ipynb";
    await writeAddress(address, Buffer.from("old"));
    const data = Buffer.alloc(20 << 20, "n");
    for (const delay of [900, 1200, 1600]) {
      const signal = AbortSignal.timeout(delay);
      await writeAddress(address, data, { signal }).catch(() => {});
      const found = await read(address);
      assert.ok(found === "old" || found.length === data.length, `${found.length} bytes are there`);
      if (found !== "old") return;
    }
  });
});

test("a Google Cloud Storage bucket is read and written", async (context) => {
  const server = await startGcs(context);
  if (server === undefined) return;
  set(context, server);
  await roundTrip("gs://notebooks");
  assert.equal((await problemOf(checkWritable("gs://no-such-bucket/a.ipynb"))).id, "RP363");
});

test("an Azure container is read and written, by either of its names", async (context) => {
  const server = await startAzure(context);
  if (server === undefined) return;
  set(context, server);
  await roundTrip("az://notebooks");
  assert.equal(await read("abfs://notebooks/deep/a b.ipynb"), "{}");
  assert.equal((await problemOf(checkWritable("az://no-such-container/a.ipynb"))).id, "RP363");
  set(context, { AZURE_STORAGE_CONNECTION_STRING: undefined });
  assert.equal((await problemOf(readAddress("az://notebooks/a.ipynb"))).id, "RP365");
});

test("a repository of Hugging Face is read (a mock: the two answers that reading a file takes)", async (context) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    asked.push(`${request.method} ${url}`);
    if (url.startsWith("/api/datasets/user/repository")) {
      response.setHeader("content-type", "application/json");
      const file = { type: "file", path: "a.ipynb", size: text.length, oid: "1" };
      response.end(
        JSON.stringify(/paths-info|tree/.test(url) ? [file] : { id: "user/repository", sha: "1", siblings: [] }),
      );
    } else if (url.startsWith("/datasets/user/repository/resolve/") && url.endsWith("a.ipynb")) {
      const bytes = Buffer.from(text);
      response.writeHead(200, { etag: '"1"', "x-repo-commit": "1", "content-length": bytes.length });
      response.end(request.method === "HEAD" ? undefined : bytes);
    } else {
      response.writeHead(404, { "x-error-code": "RepoNotFound" }).end();
    }
  }).listen(0, "127.0.0.1");
  context.after(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  set(context, {
    HF_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    HF_HUB_DISABLE_TELEMETRY: "1",
  });
  assert.equal(await read("hf://datasets/user/repository/a.ipynb"), text, asked.join("\n"));
  assert.equal((await problemOf(readAddress("hf://datasets/user/other/a.ipynb"))).id, "RP363");
});
