import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseRequirement } from "../../../core/src/environment/lock/requirement.ts";
import {
  distributionTable,
  hostModules,
  plainlyNamed,
} from "../../../core/src/environment/needs/distribution-table.ts";
import {
  addressNeeds,
  hiddenNeeds,
  magicNeeds,
  moduleNeeds,
} from "../../../core/src/environment/needs/hidden-needs.ts";
import { distributionOf, needsOf } from "../../../core/src/environment/needs/needs.ts";
import { parseInstallCommand } from "../../../core/src/environment/needs/pip-command.ts";
import { recordedVersions } from "../../../core/src/environment/needs/recorded-versions.ts";
import { usageOf } from "../../../core/src/environment/needs/usage.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { isStandardLibrary } from "../../../core/src/python/standard-library.ts";
import { parseCells } from "../../support/cells.ts";
import { requirePython } from "../../support/python.ts";

const fixtures = join(import.meta.dirname, "fixtures", "needs");

describe("what a notebook needs", () => {
  for (const file of readdirSync(fixtures).filter((name) => name.endsWith(".py"))) {
    it(`is found in fixtures/needs/${file}`, async () => {
      const texts = readFileSync(join(fixtures, file), "utf8").split(/^# %%\n/m);
      const cells = await parseCells(texts);
      const found = needsOf(usageOf({ cells }), { python: "3.10", localModules: new Set(["helpers"]) });
      const expected = join(fixtures, file.replace(/\.py$/, ".json"));
      if (process.env.REPRISE_UPDATE) writeFileSync(expected, `${JSON.stringify(found, null, 2)}\n`);
      assert.deepEqual(found, JSON.parse(readFileSync(expected, "utf8")));
    });
  }

  it("is read from code that is nested ten thousand levels deep", async () => {
    const cells = await parseCells([`x = ${"(".repeat(10_000)}1${")".repeat(10_000)}`, "import pandas"]);
    const { needs } = needsOf(usageOf({ cells }), { python: "3.11", localModules: new Set() });
    assert.deepEqual(
      needs.map(({ name }) => name),
      ["pandas"],
    );
  });

  it("takes the longest module name that the table knows", () => {
    assert.equal(distributionOf({ module: "google.cloud", names: ["storage"] }), "google-cloud-storage");
    assert.equal(distributionOf({ module: "google.cloud.storage.blob", names: [] }), "google-cloud-storage");
    assert.equal(distributionOf({ module: "mpl_toolkits.mplot3d", names: ["Axes3D"] }), "matplotlib");
    assert.equal(distributionOf({ module: "unheard_of.part", names: [] }), "unheard_of");
    assert.equal(distributionOf({ module: "constructor", names: ["__proto__"] }), "constructor");
  });

  it("is written in tables whose every distribution is a requirement", () => {
    const named = [
      ...Object.values(distributionTable),
      ...hiddenNeeds.map(({ needs }) => needs),
      ...Object.values(moduleNeeds).flat(),
      ...addressNeeds.map(({ needs }) => needs),
      ...Object.values(magicNeeds),
      ...plainlyNamed,
    ];
    for (const text of named) assert.ok(parseRequirement(text), text);
    for (const name of Object.keys(hostModules)) assert.ok(!(name in distributionTable), name);
  });
});

describe("the standard library's table", () => {
  it("knows what came and what went", () => {
    assert.ok(isStandardLibrary("os.path", "3.11"));
    assert.ok(isStandardLibrary("tomllib", "3.11"));
    assert.ok(!isStandardLibrary("tomllib", "3.10"));
    assert.ok(isStandardLibrary("distutils.core", "3.11"));
    assert.ok(!isStandardLibrary("distutils.core", "3.12"));
    assert.ok(!isStandardLibrary("cgi", "3.13"));
    assert.ok(!isStandardLibrary("_pytest", "3.11"));
  });

  it("agrees with a real Python about its own modules", async (context) => {
    const python = await requirePython(context, "kernel");
    if (python === undefined) return;
    const script = "import sys; print('%d.%d' % sys.version_info[:2]); print(*sys.stdlib_module_names)";
    const { stdout } = await runProcess(python, ["-c", script]);
    const [version = "", names = ""] = stdout.split("\n");
    const own = names.split(" ").filter((name) => !name.startsWith("_"));
    assert.deepEqual(
      own.filter((name) => !isStandardLibrary(name, version)),
      [],
    );
  });
});

describe("an installing command", () => {
  it("is read word by word, whatever stands around it", () => {
    assert.deepEqual(parseInstallCommand("python -m pip install 'a>1' b[c] -U --index-url https://x/ d"), {
      requirements: ["a>1", "b[c]", "d"],
      files: [],
      leftOut: [],
    });
    assert.equal(parseInstallCommand("pip freeze > requirements.txt"), undefined);
    assert.equal(parseInstallCommand("apt-get install -y graphviz"), undefined);
    assert.deepEqual(parseInstallCommand("pip install a > /dev/null 2>&1")?.requirements, ["a"]);
    assert.deepEqual(parseInstallCommand("apt install x; pip install -qr needs.txt y")?.requirements, ["y"]);
  });

  it("never fails, and ends, for any text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        parseInstallCommand(`pip install ${text}`);
      }),
    );
    const began = parseInstallCommand(`pip install ${"'\"&".repeat(50_000)}`);
    assert.ok(began);
  });
});

describe("versions that a notebook printed", () => {
  const text = (value: string) => [{ output_type: "stream", name: "stdout", text: value }] as const;
  const shown = (value: string) =>
    [{ output_type: "execute_result", execution_count: 1, metadata: {}, data: { "text/plain": value } }] as const;

  it("are read where a cell shows as many versions as its outputs hold", async () => {
    const cells = await parseCells([
      "import pandas as pd, numpy\nimport sklearn",
      { source: "print('pandas', pd.__version__)\nprint(numpy.__version__)", outputs: text("pandas 1.5.3\n1.24.3\n") },
      { source: "sklearn.__version__", outputs: shown("'1.2.2'") },
    ]);
    assert.deepEqual(recordedVersions(cells), [
      { name: "pandas", version: "1.5.3", cell: 1 },
      { name: "numpy", version: "1.24.3", cell: 1 },
      { name: "scikit-learn", version: "1.2.2", cell: 2 },
    ]);
  });

  it("are not guessed where the outputs hold something else", async () => {
    const cells = await parseCells([
      "import pandas as pd",
      { source: "print(pd.__version__)\nprint(score)", outputs: text("1.5.3\n0.87\n") },
      { source: "print(pd.__version__)", outputs: [] },
      { source: "print(f'{pd.__version__}')", outputs: text("1.5.3") },
    ]);
    assert.deepEqual(recordedVersions(cells), []);
  });
});
