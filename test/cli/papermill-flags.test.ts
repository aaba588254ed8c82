import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";
import { reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { writeNotebookFile } from "../support/notebooks.ts";
import { requirePython } from "../support/python.ts";

const parameters = {
  source: "alpha = 0.5\nname = 'x'\nitems = []\ncount: int = 3  # how many\nflag = False",
  tags: ["parameters"],
};

/** Calls that mean the same to both; the notebooks that come out are compared. */
const calls: Readonly<Record<string, readonly string[]>> = {
  "parameters from everywhere, the later one stronger": [
    ...["-b", Buffer.from("alpha: 1.5\nname: base64\ncount: 1").toString("base64")],
    ...["-f", "values.yaml"],
    ...["-y", "{items: [1, 2.0, .nan, -.inf, ~, 'é\"', {a: yes, b: 2026-01-02}, 123456789012345678901], count: 3}"],
    ...["-p", "count", "4", "-p", "flag", "True"],
    ...["-r", "name", "007"],
  ],
  "texts that may be something else": [
    ...["-p", "alpha", "1e-3", "-p", "name", "None", "-r", "name", "True", "-p", "count", "-7"],
    ...["-y", "name: 2026-01-02\nitems: [2026-01-02, 2026-01-02T03:04:05, 0o17, 017, 1_000, on, 'null', 1:30]"],
  ],
  "paths, hidden code and another folder": ["--inject-paths", "--report-mode", "--cwd", "elsewhere"],
  "nothing run": ["--prepare-only", "-p", "alpha", "2.5"],
  "what only says the default": ["--no-progress-bar", "--log-output", "--prepare-execute", "--log-level", "INFO"],
  "streams to files": ["--stdout-file", "out.txt", "--stderr-file", "err.txt", "--autosave-cell-every", "0"],
};

for (const [title, flags] of Object.entries(calls)) {
  test(`papermill's options leave the same notebook: ${title}`, async (context) => {
    const python = await requirePython(context, "kernel");
    if (python === undefined) return;
    const scripts = dirname(python);
    const read = async (runner: "papermill" | "reprise") => {
      const folder = temporaryFolder(context);
      mkdirSync(join(folder, "elsewhere"));
      writeFileSync(join(folder, "values.yaml"), "alpha: 2.5\nname: file\ncount: 2\n");
      const cell = "import os, sys\nprint(alpha, repr(name), items, count, flag)\nprint('e', file=sys.stderr)";
      writeNotebookFile(join(folder, "in.ipynb"), [
        parameters,
        cell,
        "print(os.path.basename(os.getcwd()) == 'elsewhere')",
      ]);
      const environment = {
        ...process.env,
        PATH: `${scripts}:${process.env.PATH}`,
        JUPYTER_PATH: join(scripts, "..", "share", "jupyter"),
        REPRISE_HOME: join(folder, "store"),
      };
      const finished =
        runner === "papermill"
          ? await runProcess(join(scripts, "papermill"), ["in.ipynb", "out.ipynb", ...flags], {
              directory: folder,
              environment,
            })
          : await reprise(["run", "in.ipynb", "out.ipynb", ...flags], { directory: folder, environment });
      assert.equal(finished.code, 0, finished.stderr);
      const files = flags.includes("--stdout-file")
        ? ["out.txt", "err.txt"].map((name) => readFileSync(join(folder, name), "utf8"))
        : [];
      return { notebook: comparable(readFileSync(join(folder, "out.ipynb"), "utf8")), files };
    };
    const [theirs, ours] = [await read("papermill"), await read("reprise")];
    assert.deepEqual(ours, theirs);
  });
}

test("the output's name takes parameters, as papermill fills them in; a name without a value is refused", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  writeNotebookFile(join(folder, "in.ipynb"), [parameters]);
  const call = (output: string) => {
    const given = ["-p", "alpha", "2.5", "-y", "{count: 3, flag: true}", "--prepare-only"];
    const words = ["run", "in.ipynb", output, ...given, "--environment", dirname(dirname(python))];
    return reprise(words, { directory: folder });
  };
  const filled = await call("of-{alpha}-{count}-{flag}-{{x}}-{pm[run_uuid]}.ipynb");
  assert.equal(filled.code, 0, filled.stderr);
  assert.match(readdirSync(folder).join("\n"), /^of-2\.5-3-True-\{x\}-[0-9a-f-]{36}\.ipynb$/m);
  const missing = await call("of-{beta}.ipynb");
  assert.deepEqual([missing.code, /RP141.*\{beta\}/s.test(missing.stderr)], [2, true], missing.stderr);
});

/** Without what differs between any two runs, or is each runner's own. */
function comparable(text: string): unknown {
  const own = new Set(["duration", "end_time", "start_time", "id", "version", "parameters", "language_info"]);
  // Python writes numbers into the metadata that JSON does not have.
  const json = text.replaceAll(/^(\s+)(NaN|-?Infinity)(,?)$/gm, '$1"$2"$3');
  return JSON.parse(json, (key, value) => {
    if (own.has(key) || key.startsWith("iopub.") || key === "shell.execute_reply")
      return value === null ? null : "some";
    return key === "tags" && value.length === 0 ? undefined : value;
  });
}

test("papermill's --help-notebook shows what a notebook takes", async (context) => {
  const folder = temporaryFolder(context);
  writeNotebookFile(join(folder, "in.ipynb"), [parameters]);
  const { stdout } = await reprise(["run", "in.ipynb", "--help-notebook"], { directory: folder });
  assert.match(stdout, /^alpha +float +0\.5/m);
  assert.match(stdout, /^count +int +3 +how many/m);
});
