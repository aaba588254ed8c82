import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { localModules, pinsBeside } from "../../../core/src/environment/needs/pins.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { temporaryFolder } from "../../support/folder.ts";

const fixtures = join(import.meta.dirname, "fixtures", "pins");

function folderWith(context: TestContext, ...files: string[]): string {
  const folder = temporaryFolder(context);
  for (const file of files) copyFileSync(join(fixtures, file), join(folder, file));
  return folder;
}

describe("the file beside a notebook that says which versions", () => {
  it("may be a requirements.txt, with files that it names, each read once", (context) => {
    assert.deepEqual(pinsBeside(folderWith(context, "requirements.txt", "more.txt", "limits.txt")), {
      file: "requirements.txt",
      requirements: [
        "pandas==1.5.3",
        "scikit-learn>=1.2,<1.3",
        "numpy==1.24.3",
        "seaborn",
        "git+https://github.com/team/tool.git",
      ],
      constraints: ["scipy==1.10.1"],
      leftOut: [
        '"-e ." of requirements.txt is not taken over.',
        '"./wheels/own.whl" of requirements.txt is not taken over.',
      ],
    });
  });

  it("may be conda's environment.yml", (context) => {
    assert.deepEqual(pinsBeside(folderWith(context, "environment.yml")), {
      file: "environment.yml",
      python: "3.10",
      requirements: ["numpy==1.24.3", "pandas==1.5.*", "torch", "scipy>=1.9", "matplotlib==3.7.1", "xgboost==1.7.5"],
      constraints: [],
      leftOut: ['"libblas" of environment.yml is only conda\'s.'],
    });
  });

  it("may be a uv.lock, which is stronger, and whose packages with one version are pins", (context) => {
    const pins = pinsBeside(folderWith(context, "environment.yml", "requirements.txt", "uv.lock"));
    assert.deepEqual(pins?.file, "uv.lock");
    assert.deepEqual(pins?.constraints, ["pandas==2.0.2", "numpy==1.24.3"]);
    assert.deepEqual(pins?.requirements, []);
  });

  it("is named where it cannot be read", (context) => {
    for (const [file, text] of [
      ["pylock.toml", "lock-version = "],
      ["pylock.toml", "packages = 1"],
      ["uv.lock", "[[package"],
      ["environment.yml", "a: [1, 2"],
      ["Pipfile.lock", "{"],
    ] as const) {
      const folder = temporaryFolder(context);
      writeFileSync(join(folder, file), text);
      assert.throws(
        () => pinsBeside(folder),
        (error) => {
          assert.ok(error instanceof ProblemError, String(error));
          assert.equal(error.problem.id, "RP307");
          assert.equal(error.problem.place?.file, join(folder, file));
          return true;
        },
      );
    }
  });

  it("is not missed where there is none", (context) => {
    assert.equal(pinsBeside(temporaryFolder(context)), undefined);
  });
});

describe("modules beside a notebook", () => {
  it("are files and folders of Python", (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "helpers.py"), "");
    writeFileSync(join(folder, "data.csv"), "");
    for (const name of ["package", "data"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "package", "module.py"), "");
    assert.deepEqual([...localModules(folder)].sort(), ["helpers", "package"]);
    assert.deepEqual([...localModules(join(folder, "nowhere"))], []);
  });
});
