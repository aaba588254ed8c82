import { createHmac } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "../../core/src/host/cache-folder.ts";
import { killTree, runProcess, spawnTree } from "../../core/src/host/child-process.ts";
import { requirePython } from "./python.ts";

/** Real servers that speak as the object stores do: moto as S3, gcp-storage-emulator as GCS, Azurite as Azure. */

/** moto's S3 with a bucket `notebooks`, and the variables for a client of it. */
export async function startS3(context: TestContext): Promise<Readonly<Record<string, string>> | undefined> {
  const python = await requirePython(context, "addresses");
  if (python === undefined) return undefined;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await started(context, [join(dirname(python), "moto_server"), "-H", "127.0.0.1", "-p", String(port)], url);
  await fetch(`${url}/notebooks`, { method: "PUT" });
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "key-of-tests",
    AWS_SECRET_ACCESS_KEY: "secret-of-tests",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** An emulated Google Cloud Storage with a bucket `notebooks`. */
export async function startGcs(context: TestContext): Promise<Readonly<Record<string, string>> | undefined> {
  const python = await requirePython(context, "addresses");
  if (python === undefined) return undefined;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = join(dirname(python), "gcp-storage-emulator");
  const args = ["start", "--host=127.0.0.1", `--port=${port}`, "--in-memory", "--default-bucket=notebooks"];
  await started(context, [program, ...args], url);
  return { STORAGE_EMULATOR_HOST: url };
}

/** Azurite's well-known account, which is no secret (https://github.com/Azure/Azurite#default-storage-account). */
const azuriteKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
const azuriteVersion = "3.36.0";

/** Azurite, Microsoft's own emulator, with a container `notebooks`. */
export async function startAzure(context: TestContext): Promise<Readonly<Record<string, string>> | undefined> {
  const program = await azurite().catch((error: unknown) => {
    if (process.env.REPRISE_REQUIRE === "all") throw error;
    context.skip(`no Azurite here: ${error}`);
    return undefined;
  });
  if (program === undefined) return undefined;
  const port = await freePort();
  const args = [
    "--blobHost",
    "127.0.0.1",
    "--blobPort",
    String(port),
    "--inMemoryPersistence",
    "--skipApiVersionCheck",
  ];
  await started(context, [process.execPath, program, ...args], `http://127.0.0.1:${port}`);
  const account = `http://127.0.0.1:${port}/devstoreaccount1`;
  await makeContainer(account, "notebooks");
  return {
    AZURE_STORAGE_CONNECTION_STRING: `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${azuriteKey};BlobEndpoint=${account};`,
  };
}

/** https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key */
async function makeContainer(account: string, name: string): Promise<void> {
  const headers = { "x-ms-date": new Date().toUTCString(), "x-ms-version": "2021-12-02" };
  const signed = [
    `PUT${"\n".repeat(12)}x-ms-date:${headers["x-ms-date"]}`,
    `x-ms-version:${headers["x-ms-version"]}`,
    `/devstoreaccount1/devstoreaccount1/${name}`,
    "restype:container",
  ].join("\n");
  const signature = createHmac("sha256", Buffer.from(azuriteKey, "base64")).update(signed).digest("base64");
  const authorization = `SharedKey devstoreaccount1:${signature}`;
  const made = await fetch(`${account}/${name}?restype=container`, {
    method: "PUT",
    headers: { ...headers, authorization },
  });
  if (!made.ok) throw new Error(`Azurite made no container: ${made.status} ${await made.text()}`);
}

/** Kept in Reprise's cache, as the Python environments of the tests are: it brings half of npm with it. */
async function azurite(): Promise<string> {
  const folder = join(cacheFolder("test-environments"), `azurite-${azuriteVersion}`);
  const program = join(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
  if (existsSync(program)) return program;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    const args = ["install", "--prefix", draft, "--no-audit", "--no-fund", `azurite@${azuriteVersion}`];
    const npm = await runProcess("npm", args, { directory: draft });
    if (npm.code !== 0) throw new Error(npm.stderr);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return program;
}

/** Starts a server, waits until it answers, and ends it after the test. */
async function started(context: TestContext, command: readonly string[], url: string): Promise<void> {
  const [program = "", ...args] = command;
  const child = spawnTree(program, args, { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  context.after(async () => {
    killTree(child, "SIGKILL");
    await ended;
  });
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer !== undefined) return;
    await sleep(100);
  }
  throw new Error(`${program} does not answer`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
