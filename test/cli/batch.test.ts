/** The contract of `batch`: one row a run, what failed does not stop the rest, a second call makes only what is missing. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import type { RunRecord } from "../../core/src/run/record/record.ts";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { writeNotebookFile } from "../support/notebooks.ts";
import { requirePython } from "../support/python.ts";

interface BatchAnswer {
  readonly outcome: string;
  readonly batch: string;
  readonly runs: readonly {
    readonly status: string;
    readonly run?: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly output?: string;
    readonly failure?: string;
    readonly reused?: boolean;
    readonly retried?: readonly string[];
  }[];
  readonly error?: { readonly id: string; readonly message: string };
}

const cells = [
  { source: "n: int = 1\nkind = 'a'\nrate = 0.5", tags: ["parameters"] },
  "from pathlib import Path\nrows = Path('data.txt').read_text().split()",
  "if n == 3: raise ValueError('three')",
  "import os\nif kind == 'dies' and not Path('died').exists():\n    Path('died').touch(); os._exit(3)",
  "print(n, kind, rate, len(rows), os.environ.get('OMP_NUM_THREADS'))",
];

async function place(context: TestContext) {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return undefined;
  const folder = temporaryFolder(context);
  writeNotebookFile(join(folder, "a.ipynb"), cells);
  writeFileSync(join(folder, "data.txt"), "one two");
  const batch = (...args: readonly string[]) =>
    reprise(["batch", "a.ipynb", ...args, "--environment", dirname(dirname(python)), "--json"], {
      directory: folder,
      environment: { REPRISE_HOME: join(folder, ".reprise") },
    });
  return { folder, batch };
}

const answer = (finished: Parameters<typeof answerOf>[0]) => answerOf(finished) as unknown as BatchAnswer;

describe("a batch of a notebook", () => {
  test("one row a run; what fails is a row; a second call with --resume makes only what is missing or stale", async (context) => {
    const here = await place(context);
    if (here === undefined) return;
    const grid = ["-p", "n", "1,2,3", "-p", "kind=a,b", "--workers", "2"];
    const first = await here.batch(...grid, "--results", "r.csv", "--report", "r.html", "--outputs", "out");
    const made = answer(first);
    assert.equal(first.code, 1, first.stderr);
    assert.equal(made.outcome, "failed");
    assert.deepEqual(
      made.runs.map(({ parameters, status }) => `${parameters.n}${parameters.kind} ${status}`),
      ["1a succeeded", "1b succeeded", "2a succeeded", "2b succeeded", "3a failed", "3b failed"],
    );
    assert.match(made.runs[5]?.failure ?? "", /ValueError: three/);
    const table = readFileSync(join(here.folder, "r.csv"), "utf8").trim().split("\r\n");
    assert.equal(table.length, 7);
    assert.match(table[1] ?? "", new RegExp(`^0,${made.runs[0]?.run},succeeded,1,a,`));
    assert.match(readFileSync(join(here.folder, "r.html"), "utf8"), /ValueError: three/);
    const output = readFileSync(made.runs[2]?.output ?? "", "utf8");
    assert.match(output, /2 a 0\.5 2 1/, "the kernel has its share of the threads");
    assert.ok(existsSync(join(here.folder, ".reprise", "runs", made.batch, "results.csv")));

    const again = answer(await here.batch(...grid, "--resume"));
    assert.deepEqual(
      again.runs.map(({ reused }) => reused === true),
      [true, true, true, true, false, false],
    );
    writeFileSync(join(here.folder, "data.txt"), "one two three");
    const stale = answer(await here.batch("-p", "n", "1,2", "--resume"));
    assert.ok(
      stale.runs.every(({ reused }) => reused !== true),
      "their data changed",
    );
  });

  test("a kernel that dies is tried again, and a run that fails ends it with --fail-fast", async (context) => {
    const here = await place(context);
    if (here === undefined) return;
    const retried = answer(await here.batch("-p", "kind", "dies", "--retries", "1"));
    assert.equal(retried.outcome, "succeeded");
    assert.equal(retried.runs[0]?.retried?.length, 1);
    // A table that cannot be written in the end is told, and what the runs gave is kept.
    mkdirSync(join(here.folder, "full.csv"));
    const unwritten = await here.batch("-p", "n", "1", "--results", "full.csv");
    assert.deepEqual([unwritten.code, answer(unwritten).error?.id], [3, "RP361"], unwritten.stdout);
    const kept = readdirSync(join(here.folder, ".reprise", "runs")).map(
      (id) => JSON.parse(readFileSync(join(here.folder, ".reprise", "runs", id, "record.json"), "utf8")) as RunRecord,
    );
    const batches = kept.filter(({ kind }) => kind === "batch");
    assert.deepEqual(
      batches.map(({ status, outputs }) => `${status} ${outputs.map(({ name }) => name)}`),
      ["succeeded results.csv,batch.html", "succeeded results.csv,batch.html"],
    );
    const fast = answer(await here.batch("-p", "n", "3,1,2", "--fail-fast"));
    assert.deepEqual(
      fast.runs.map(({ status }) => status),
      ["failed", "not-run", "not-run"],
    );
  });

  test("what cannot be planned is refused before anything runs", async (context) => {
    const here = await place(context);
    if (here === undefined) return;
    writeFileSync(join(here.folder, "grid.yaml"), "grdi: {n: [1]}");
    const wrong: readonly (readonly [args: readonly string[], id: string])[] = [
      [[], "RP141"],
      [["--grid", "grid.yaml"], "RP146"],
      [["--grid", "none.yaml"], "RP144"],
      [["-p", "m", "1,2"], "RP142"],
      [["-p", "n", "1,two"], "RP143"],
      [["-p", "n", "1", "--results", "r.xlsx"], "RP141"],
    ];
    for (const [args, id] of wrong) {
      const finished = await here.batch(...args);
      assert.equal(finished.code, 2, `${args}: ${finished.stdout}`);
      assert.equal(answer(finished).error?.id, id);
    }
    assert.ok(!existsSync(join(here.folder, ".reprise", "runs")));
  });
});
