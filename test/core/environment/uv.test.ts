import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, it } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { ask } from "./asking.ts";

const windows = process.platform === "win32";

describe("getting uv", { timeout: 400_000 }, () => {
  it("is refused where REPRISE_UV names nothing that runs", async (context) => {
    const { problem } = await ask({}, { REPRISE_CACHE: temporaryFolder(context), REPRISE_UV: "/nowhere/uv" });
    assert.equal(problem?.id, "RP301");
    assert.match(problem?.message ?? "", /REPRISE_UV names \/nowhere\/uv/);
  });

  it("is refused where REPRISE_UV names a uv that is too old", { skip: windows }, async (context) => {
    const folder = temporaryFolder(context);
    const old = join(folder, "uv");
    writeFileSync(old, "#!/bin/sh\necho uv 0.4.1\n", { mode: 0o755 });
    const { problem } = await ask({}, { REPRISE_CACHE: folder, REPRISE_UV: old });
    assert.match(problem?.message ?? "", /uv 0\.4\.1; 0\.8\.0 or newer is needed/);
  });

  it("says that there is no Python to install it with, where there is none", async (context) => {
    const folder = temporaryFolder(context);
    const { problem } = await ask({}, { REPRISE_CACHE: folder, REPRISE_UV: undefined, PATH: folder });
    assert.equal(problem?.id, "RP301");
    assert.match(problem?.message ?? "", /no Python called "python3"/);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith("uv")),
      [],
      "nothing half-made is left",
    );
  });

  it("says what a Python without pip and venv lacks", { skip: windows }, async (context) => {
    const folder = temporaryFolder(context);
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const script = [
      "#!/bin/sh",
      'case "$*" in',
      '  --version) echo "Python 3.11.2" ;;',
      '  *venv*) echo "ensurepip is not available" ; exit 1 ;;',
      '  *) echo "No module named pip" >&2 ; exit 1 ;;',
      "esac",
    ];
    writeFileSync(join(bin, "python3"), `${script.join("\n")}\n`, { mode: 0o755 });
    const { problem } = await ask(
      {},
      { REPRISE_CACHE: join(folder, "cache"), REPRISE_UV: undefined, PATH: `${bin}${delimiter}/bin` },
    );
    assert.equal(problem?.id, "RP301");
    assert.match(problem?.mend ?? "", /apt-get install python3-pip/);
    assert.match(problem?.cause ?? "", /ensurepip/);
  });

  it("installs it once, however many processes ask at the same time", { skip: windows }, async (context) => {
    const folder = temporaryFolder(context);
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const found = await runProcess("python3", ["-c", "import sys; print(sys.executable)"]);
    symlinkSync(found.stdout.trim(), join(bin, "python3"));
    const variables = { REPRISE_CACHE: join(folder, "cache"), REPRISE_UV: undefined, PATH: `${bin}${delimiter}/bin` };
    const answers = await Promise.all([ask({}, variables), ask({}, variables)]);
    for (const { uv, output } of answers) {
      assert.ok(uv !== undefined && existsSync(uv), output);
      assert.match((await runProcess(uv, ["--version"])).stdout, /^uv \d/);
    }
    assert.deepEqual(readdirSync(join(folder, "cache")), ["uv"], "no draft is left");
  });
});
