import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadTemplates } from "../../../core/src/host/assets.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { render } from "../../../core/src/project/render.ts";
import type { ProjectRunRequest, RunFile, RunSink } from "../../../core/src/run/request.ts";
import { runProject } from "../../../core/src/run/run-project.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";

/** As a generated project's: stages that list what they save, and metrics. */
const main = `
import argparse, json, pathlib, sys
parser = argparse.ArgumentParser()
parser.add_argument("stage")
parser.add_argument("--work", type=pathlib.Path)
parser.add_argument("--n-trees", type=int, default=1)
arguments = parser.parse_args()
if arguments.n_trees == 0:
    raise ValueError("no trees")
if arguments.n_trees == 9:
    import time
    time.sleep(600)
if arguments.n_trees == 5:
    import time
    held = bytearray(b"x" * 120_000_000)
    until = time.monotonic() + 1.5
    while time.monotonic() < until or time.process_time() < 1: pass
folder = arguments.work / "train"
folder.mkdir(parents=True, exist_ok=True)
(folder / "model.json").write_text("[1]")
(folder / "outputs.json").write_text(json.dumps([{"name": "model", "file": "model.json"}, {"name": "x", "file": "../x"}]))
(arguments.work / "metrics.json").write_text('{"accuracy": 0.5, "by_group": {"a": 1, "b": NaN}, "name": "x"}')
print("trained", arguments.n_trees)
`;

test("a project runs as its users run it; its metrics and values are recorded", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, "src", "forest"), { recursive: true });
  writeFileSync(join(folder, "src", "forest", "__init__.py"), "");
  writeFileSync(join(folder, "src", "forest", "__main__.py"), main);
  let files: readonly RunFile[] = [];
  const sink: RunSink = {
    begin: async () => ({ environment: {} }),
    identified: async () => {},
    log: async () => {},
    async finish(record, given) {
      files = given;
      return record;
    },
  };
  const run = (options: Partial<ProjectRunRequest> = {}) =>
    runProject({ engine, folder, package: "forest", work: join(folder, "work"), command: [], sink, ...options });

  const record = await run({ parameters: { n_trees: "3" }, seed: 1 });
  assert.equal(record.status, "succeeded");
  assert.deepEqual(
    record.metrics.map(({ name, value }) => [name, value]),
    [
      ["accuracy", 0.5],
      ["by_group.a", 1],
    ],
  );
  assert.deepEqual(files.map(({ name }) => name).sort(), [
    "metrics.json",
    "run.log",
    "train/model.json",
    "train/outputs.json",
  ]);
  const again = await run();
  assert.equal(again.code.hash, record.code.hash, "what a run leaves is no code");

  const { resources } = await run({ parameters: { n_trees: "5" }, stages: ["one", "two"] });
  assert.ok((resources?.peakMemoryBytes ?? 0) > 120e6, JSON.stringify(resources));
  assert.ok((resources?.cpuSeconds ?? 0) > 0.5, JSON.stringify(resources));

  const failed = await run({ parameters: { n_trees: "0" } });
  assert.deepEqual(
    [failed.status, failed.failure?.name, failed.failure?.message],
    ["failed", "ValueError", "no trees"],
  );

  const late = await run({ parameters: { n_trees: "9" }, timeoutMilliseconds: 500 });
  assert.deepEqual([late.status, late.failure?.name], ["failed", "Timeout"]);

  const controller = new AbortController();
  setTimeout(() => controller.abort(), 300);
  const stopped = await run({ parameters: { n_trees: "9" }, signal: controller.signal });
  assert.equal(stopped.status, "interrupted");

  await assert.rejects(run({ package: "wood" }), (error: unknown) => {
    return error instanceof ProblemError && error.problem.id === "RP161";
  });
});

const failing = `
import sys
from .provenance import show_error
sys.excepthook = show_error
from .train import train
train([])
`;

test("a failure in a project names the cell of the notebook that its line came from", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const folder = temporaryFolder(context);
  const source = join(folder, "src", "forest");
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, "__init__.py"), "");
  writeFileSync(join(source, "__main__.py"), failing);
  const provenance = render(loadTemplates(), "project/package/provenance.py.hbs", { notebook: "forest.ipynb" });
  writeFileSync(join(source, "provenance.py"), provenance);
  writeFileSync(join(source, "train.py"), "def train(rows):\n    first = 1\n    best = max(rows)\n    return best\n");
  const origins = [
    { first: 2, last: 2, cell: 4, cellFirst: 1, cellLast: 1 },
    { first: 3, last: 3, cell: 7, cellFirst: 5, cellLast: 5 },
  ];
  writeFileSync(join(folder, "reprise.json"), JSON.stringify({ origins: { "src/forest/train.py": origins } }));
  const begin = async () => ({ environment: {} });
  const sink: RunSink = { begin, identified: async () => {}, log: async () => {}, finish: async (record) => record };
  const { status, failure } = await runProject({
    engine,
    folder,
    package: "forest",
    work: join(folder, "work"),
    command: [],
    sink,
  });
  assert.deepEqual([status, failure?.name, failure?.cell], ["failed", "ValueError", 7]);
  assert.match(failure?.traceback.at(-1) ?? "", /^forest\.ipynb, cell 7, line 5: best = max\(rows\)/);
});
