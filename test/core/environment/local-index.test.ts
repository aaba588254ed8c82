import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { localWheels, withLocalWheelsIn } from "../../../core/src/environment/lock/pylock.ts";
import { findPython } from "../../../core/src/environment/python/interpreter.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { writeIndex, writeWheel } from "../../support/wheels.ts";
import { apart, ask } from "./asking.ts";

const python = "3.11";

/** pip's configuration in a file, and nothing else of pip's around it. */
async function configured(folder: string, lines: readonly string[]): Promise<Record<string, string | undefined>> {
  const file = join(folder, "pip.conf");
  writeFileSync(file, `[global]\n${lines.join("\n")}\n`);
  // A user's own file would be merged with it.
  return {
    ...(await apart(folder, file)),
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, "config"),
    UV_CACHE_DIR: join(folder, "uv"),
  };
}

describe("an index that only pip's configuration names", { timeout: 400_000 }, () => {
  it("is where uv finds packages: locked, and installed from the lock by several processes at once", async (context) => {
    const folder = temporaryFolder(context);
    const index = join(folder, "simple");
    writeIndex(index, [
      { name: "greeting", version: "1.0" },
      { name: "greeting", version: "1.1", requires: ["tone>=2"] },
      { name: "tone", version: "2.5", files: { "tone.py": "", "tone-data/a.txt": "a" } },
    ]);
    const variables = await configured(folder, [`index-url = ${pathToFileURL(index).href}`]);
    const request = { requirements: ["greeting"], python };
    const first = await ask({ request }, variables);
    assert.equal(first.problem, undefined, first.output);
    assert.deepEqual(first.environment?.direct, ["greeting==1.1"]);
    assert.deepEqual(first.environment?.packages, [
      { name: "greeting", version: "1.1" },
      { name: "tone", version: "2.5" },
    ]);
    assert.ok(first.environment?.reasons.some((reason) => /must travel with the lock/.test(reason)));

    const answers = await Promise.all([1, 2, 3].map(() => ask({ request, make: true }, variables)));
    const pythons = new Set(answers.map(({ made, output }) => made?.python ?? output));
    assert.equal(pythons.size, 1, [...pythons].join("\n"));
    for (const { inspected } of answers) {
      assert.equal(inspected?.isVirtual, true);
      assert.deepEqual(
        inspected?.packages.map(({ name, version }) => `${name}==${version}`),
        ["greeting==1.1", "tone==2.5"],
      );
    }
    const made = answers[0]?.made;
    assert.equal(readFileSync(join(made?.folder ?? "", "pylock.toml"), "utf8"), first.environment?.lock);
    assert.ok(!existsSync(join(folder, "cache", "environments", "draft")));
  });

  it("does not install a file that is not the one that was locked", async (context) => {
    const folder = temporaryFolder(context);
    const index = join(folder, "simple");
    writeIndex(index, [{ name: "greeting", version: "1.0" }]);
    const variables = await configured(folder, [`index-url = ${pathToFileURL(index).href}`]);
    const request = { requirements: ["greeting"], python };
    await ask({ request }, variables);
    writeIndex(index, [{ name: "greeting", version: "1.0", files: { "greeting.py": "tampered = True\n" } }]);
    const { problem, output } = await ask(
      { request, make: true },
      { ...variables, UV_CACHE_DIR: join(folder, "other") },
    );
    assert.equal(problem?.id, "RP306", output);
    assert.match(problem?.cause ?? "", /hash/i);
  });

  it("may be a find-links folder: its CPU build of torch is taken where there is no GPU", async (context) => {
    const folder = temporaryFolder(context);
    const [index, wheels] = [join(folder, "simple"), join(folder, "wheels")];
    writeIndex(index, [
      { name: "torch", version: "9.1.0", requires: ["nvidia-libraries"] },
      { name: "nvidia_libraries", version: "13.0" },
    ]);
    const tags = { linux: "manylinux_2_28_", win32: "win_", darwin: "macosx_11_0_" }[process.platform as "linux"];
    const machine = process.arch === "arm64" ? (process.platform === "linux" ? "aarch64" : "arm64") : "x86_64";
    const tag = `cp311-cp311-${tags}${process.platform === "win32" ? "amd64" : machine}`;
    writeWheel(wheels, { name: "torch", version: "9.0.0+cpu", tag });
    const variables = await configured(folder, [`index-url = ${pathToFileURL(index).href}`, `find-links = ${wheels}`]);
    const { environment, problem } = await ask(
      { request: { requirements: ["torch"], python, accelerator: "cpu" } },
      variables,
    );
    if (process.platform === "darwin") return;
    assert.equal(problem, undefined);
    assert.deepEqual(environment?.packages, [{ name: "torch", version: "9.0.0+cpu" }]);
    assert.ok(
      environment?.reasons.some((reason) => /torch 9\.0\.0\+cpu is a CPU build from a find-links/.test(reason)),
    );

    const lock = environment?.lock ?? "";
    const [local, ...others] = localWheels(lock);
    assert.equal(others.length, 0);
    assert.equal(local?.path, join(wheels, `torch-9.0.0+cpu-${tag}.whl`));
    // The lock and its wheels are carried elsewhere together.
    const elsewhere = join(folder, "elsewhere");
    mkdirSync(join(elsewhere, "wheels"), { recursive: true });
    renameSync(local?.path as string, join(elsewhere, "wheels", basename(local?.path as string)));
    writeFileSync(join(elsewhere, "pylock.toml"), withLocalWheelsIn(lock, "wheels"));
    if (process.platform === "linux") {
      const uv = variables.REPRISE_UV as string;
      const made = await runProcess(uv, ["venv", "--python", await findPython(python), join(elsewhere, "venv")]);
      assert.equal(made.code, 0, made.stderr);
      const synced = await runProcess(
        uv,
        ["pip", "sync", "--offline", "--no-cache", "--python", join(elsewhere, "venv"), "pylock.toml"],
        { directory: elsewhere },
      );
      assert.equal(synced.code, 0, synced.stderr);
      assert.match(synced.stderr, /torch==9\.0\.0\+cpu/);
    }
    writeWheel(wheels, { name: "torch", version: "9.0.0+cpu", tag });

    const cuda = await ask({ request: { requirements: ["torch"], python, accelerator: "cuda" } }, variables);
    assert.equal(cuda.environment?.packages.find(({ name }) => name === "torch")?.version, "9.1.0");
  });

  it("gets its credentials, and nobody else does", async (context) => {
    const folder = temporaryFolder(context);
    const index = join(folder, "simple");
    writeIndex(index, [{ name: "greeting", version: "1.0" }]);
    const server = await serve(index, "bob", "hunter2");
    context.after(() => closeServer(server));
    const address = server.address();
    assert.ok(address !== null && typeof address !== "string");
    const at = (credentials: string) => `index-url = http://${credentials}@127.0.0.1:${address.port}/`;

    const good = await ask(
      { request: { requirements: ["greeting"], python } },
      await configured(folder, [at("bob:hunter2")]),
    );
    assert.deepEqual(good.environment?.direct, ["greeting==1.0"], good.output);
    assert.ok(!good.output.includes("hunter2"), "the lock has no password in it");

    const bad = await ask(
      { request: { requirements: ["greeting"], python } },
      await configured(folder, [at("bob:wrong77")]),
    );
    assert.equal(bad.problem?.id, "RP305", bad.output);
    assert.ok(!bad.output.includes("wrong77"), "the message has no password in it");
  });

  it("is not missed where the same was locked before, however long ago", async (context) => {
    const folder = temporaryFolder(context);
    const index = join(folder, "simple");
    writeIndex(index, [{ name: "greeting", version: "1.0" }]);
    const server = await serve(index, "bob", "hunter2");
    context.after(() => closeServer(server));
    const address = server.address();
    assert.ok(address !== null && typeof address !== "string");
    const variables = await configured(folder, [`index-url = http://bob:hunter2@127.0.0.1:${address.port}/`]);
    const request = { requirements: ["greeting"], python };
    const first = await ask({ request }, variables);
    closeServer(server);
    const locks = join(folder, "cache", "locks");
    for (const file of readdirSync(locks)) {
      const stored = JSON.parse(readFileSync(join(locks, file), "utf8")) as { made: number };
      writeFileSync(join(locks, file), JSON.stringify({ ...stored, made: stored.made - 30 * 24 * 60 * 60 * 1000 }));
    }
    const later = await ask({ request }, { ...variables, UV_CACHE_DIR: join(folder, "other") });
    assert.equal(later.problem?.id ?? later.environment?.lockHash, first.environment?.lockHash, later.output);
    assert.ok(later.environment?.reasons.some((reason) => /an earlier lock was taken/.test(reason)));
  });

  it("is named where it does not answer", async (context) => {
    const folder = temporaryFolder(context);
    const variables = await configured(folder, ["index-url = http://127.0.0.1:9/simple"]);
    const request = { requirements: ["greeting"], python };
    const { problem, output } = await ask({ request }, { ...variables, UV_HTTP_RETRIES: "0" });
    assert.equal(problem?.id, "RP305", output);
    assert.match(problem?.mend ?? "", /index-url/);
  });
});

describe("an environment for a Python that is not here", { timeout: 200_000 }, () => {
  it("is refused with the version", async (context) => {
    const folder = temporaryFolder(context);
    const index = join(folder, "simple");
    writeIndex(index, [{ name: "greeting", version: "1.0" }]);
    const variables = await configured(folder, [`index-url = ${pathToFileURL(index).href}`]);
    const { problem, output } = await ask(
      { request: { requirements: ["greeting"], python: "3.19" }, make: true },
      { ...variables, UV_PYTHON_DOWNLOADS: "never", PYENV_ROOT: folder },
    );
    assert.equal(problem?.id, "RP302", output);
    assert.match(problem?.message ?? "", /3\.19/);
  });
});

async function serve(folder: string, user: string, password: string): Promise<Server> {
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const server = createServer((request, response) => {
    if (request.headers.authorization !== wanted) return void response.writeHead(401).end();
    const path = decodeURIComponent(request.url ?? "/");
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": file.endsWith(".html") ? "text/html" : "application/zip" });
    response.end(readFileSync(file));
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  return server;
}

function closeServer(server: Server): void {
  server.closeAllConnections();
  server.close();
}
