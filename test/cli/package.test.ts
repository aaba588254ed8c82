import assert from "node:assert/strict";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";
import { repository } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

test("the packed command line works when it is installed alone in an empty folder", async (context) => {
  const folder = temporaryFolder(context);
  const packed = await runProcess(npm, ["pack", "--workspace", "cli", "--pack-destination", folder, "--json"], {
    directory: repository,
  });
  assert.equal(packed.code, 0, packed.stderr);
  const archive = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  assert.ok(archive, packed.stdout);

  const prefix = join(folder, "prefix");
  const installed = await runProcess(npm, ["install", "--global", "--prefix", prefix, join(folder, archive)], {
    directory: folder,
  });
  assert.equal(installed.code, 0, installed.stderr);

  cpSync(join(repository, "samples", "titanic"), join(folder, "titanic"), { recursive: true });
  // The packed one runs on whatever Node is there; here, on the one that runs the tests.
  const main = join(prefix, "lib", "node_modules", "@reprise", "cli", "bin", "reprise.js");
  const call = (args: readonly string[]) =>
    runProcess(process.execPath, [main, ...args], {
      directory: folder,
      environment: { ...process.env, NO_COLOR: "1" },
    });

  const version = await call(["--version"]);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);

  const analyzed = await call(["analyze", "titanic/titanic.ipynb", "--json", "--fail-on", "never"]);
  assert.equal(analyzed.code, 0, analyzed.stderr);
  assert.equal(JSON.parse(analyzed.stdout).schema, "reprise.analyze/1");

  const converted = await call(["convert", "titanic/titanic.ipynb", "-o", "pipeline", "--no-lock", "--json"]);
  assert.equal(converted.code, 0, converted.stderr + converted.stdout);
  assert.ok(readdirSync(join(folder, "pipeline")).includes("pyproject.toml"));
});
