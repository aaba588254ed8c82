import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { confirmFindings } from "../../../core/src/verify/findings/confirm-findings.ts";
import { tryNotebook } from "../../../core/src/verify/findings/notebook-trials.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { Recording } from "../../support/recording.ts";

const parser = await createPythonParser(loadGrammar());

/** `NB104 3 rate confirmed`, for each finding of a notebook that was made messy by running it. */
async function judged(
  context: TestContext,
  sources: readonly string[],
  make: (recording: Recording) => Promise<unknown>,
): Promise<readonly string[] | undefined> {
  const engine = await requireEngine(context);
  if (engine === undefined) return undefined;
  const recording = new Recording(engine, temporaryFolder(context), sources);
  await make(recording);
  const notebook = await recording.save();
  const analysis = analyseNotebook(notebook, parser);
  const told = findings(analysis).findings;
  const trials = await tryNotebook({ analysis, engine, workFolder: join(temporaryFolder(context), "work") });
  const judgements = confirmFindings(told, trials, notebook);
  return told.map(({ rule, cell, subject }, at) => {
    const { verdict, why } = judgements[at] ?? assert.fail();
    assert.ok(why.length > 10, `${rule} says why`);
    return `${rule} ${cell} ${subject}: ${verdict}`;
  });
}

test("what a run shows is confirmed", async (context) => {
  const sources = [
    "import random\ndef total_of(rows):\n    return sum(rows)",
    "rows = [3, 1, 2]",
    "rows.append(4)\nprint(total_of(rows))",
    "draw = random.random()",
    "rate = 0.1",
    "print(100 * rate)",
    "rate = 0.25",
    "kind = 'first'",
    "kind = ['never', 'run']",
    "print(kind.upper())",
    "print(len(rows))",
  ];
  const told = await judged(context, sources, async (recording) => {
    await recording.run(0, 1, 2, 3, 4, 6, 5, 7, 9, 10);
    recording.edit(0, "import random").edit(10, "print(len(rows) * 10)");
  });
  if (told === undefined) return;
  for (const expected of [
    "NB103 2 total_of: confirmed",
    "NB109 2 rows: confirmed",
    "NB201 3 random.random: confirmed",
    "NB104 5 rate: confirmed",
    "NB113 8 kind: confirmed",
  ]) {
    assert.ok(told.includes(expected), `${expected} in ${told.join("; ")}`);
  }
});

test("a number that was copied from an output which comes out otherwise now is confirmed", async (context) => {
  const sources = [
    "scores = [3, 5, 9]",
    "print(sum(scores) / 7)",
    "limit = 2.4286\nprint(limit)",
    "print(1 / 7)",
    "share = 0.1429",
  ];
  const told = await judged(context, sources, async (recording) => {
    await recording.run(0, 1, 2, 3, 4);
    recording.edit(0, "scores = [3, 5, 10]");
  });
  if (told === undefined) return;
  assert.ok(told.includes("NB117 2 2.4286: confirmed"), told.join("; "));
  assert.ok(told.includes("NB117 4 0.1429: not-decided"), told.join("; "));
});

test("what a run shows not to be so is refuted, and what it cannot show is not decided", async (context) => {
  const sources = [
    "from uuid import uuid4",
    "rate = 1 / 10",
    "print(100 * rate)",
    "rate = 0.1",
    "shown = str(len(str(uuid4())))",
    "secret_key = 'f8d92kd0s8f7g6h5'",
    "values = [5, 3]\nvalues = sorted(values, key=lambda value: -value)",
    "values = sorted(values, key=lambda value: value)",
  ];
  const told = await judged(context, sources, (recording) => recording.run(0, 1, 3, 2, 4, 5, 6, 7));
  if (told === undefined) return;
  assert.ok(told.includes("NB104 2 rate: refuted"), told.join("; "));
  assert.ok(
    told.includes("NB111 2 In [4]: refuted") || told.some((line) => /^NB111 .*: refuted$/.test(line)),
    told.join("; "),
  );
  assert.ok(
    told.some((line) => /^NB306 5 .*: not-decided$/.test(line)),
    told.join("; "),
  );
});

test("a cell that never comes back is ended, and what is below it is not decided", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const recording = new Recording(engine, temporaryFolder(context), [
    "count = 1",
    "import time\nwhile count:\n    time.sleep(0.05)",
    "print(lost)",
  ]);
  const notebook = await recording.save();
  const analysis = analyseNotebook(notebook, parser);
  const told = findings(analysis, { select: ["NB101"] }).findings;
  const workFolder = join(temporaryFolder(context), "work");
  const trials = await tryNotebook({ analysis, engine, workFolder, timeoutMilliseconds: 300 });
  assert.match(String(trials.document.ended), /^cell 1 did not end within 0\.3 s$/);
  assert.deepEqual(
    confirmFindings(told, trials, notebook).map(({ verdict }) => verdict),
    ["not-decided"],
  );
});

test("an abort ends the runs, and the kernel with them", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const notebook = await new Recording(engine, temporaryFolder(context), ["import time\ntime.sleep(60)"]).save();
  const analysis = analyseNotebook(notebook, parser);
  const stop = new AbortController();
  const runs = tryNotebook({
    analysis,
    engine,
    workFolder: join(temporaryFolder(context), "work"),
    signal: stop.signal,
    onProgress: ({ detail }) => {
      if (detail === "cell 0") setTimeout(() => stop.abort(new Error("enough")), 100);
    },
  });
  await assert.rejects(runs, /enough/);
});
