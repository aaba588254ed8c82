import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { notebookText } from "../support/notebooks.ts";
import { requirePython } from "../support/python.ts";

const upsideDown = notebookText([
  { source: "# Notes", kind: "markdown" },
  { source: "print(late)", count: 2, outputs: [{ output_type: "stream", name: "stdout", text: ["1\n"] }] },
  { source: "late = 1", count: 1 },
]);

test("the copy is repaired, and the notebook stays as it was, byte for byte", async (context) => {
  const cwd = temporaryFolder(context);
  writeFileSync(join(cwd, "a.ipynb"), upsideDown);
  const finished = await reprise(["fix", "a.ipynb", "-o", "b.ipynb", "--json", "--diff"], { directory: cwd });
  const answer = answerOf(finished);
  assert.equal(finished.code, 0);
  assert.equal(readFileSync(join(cwd, "a.ipynb"), "utf8"), upsideDown);
  const copy = JSON.parse(readFileSync(join(cwd, "b.ipynb"), "utf8"));
  assert.deepEqual(
    copy.cells.map(({ source }: { source: string }) => source),
    ["late = 1", "# Notes", "print(late)"],
  );
  // What did not change is as it was: outputs and counts too.
  assert.deepEqual(copy.cells[2], JSON.parse(upsideDown).cells[1]);
  assert.equal(answer.schema, "reprise.fix/1");
  assert.equal(answer.outcome, "fixed");
  assert.deepEqual(answer.applied, [
    {
      rule: "NB102",
      cell: 1,
      subject: "late",
      fix: "order-cells",
      title: "Put the cells in the order in which the cells ran last",
    },
  ]);
  assert.deepEqual(answer.left, []);
  assert.deepEqual(answer.diff, [{ kind: "moved", before: 2, after: 0, lines: [] }]);
});

test("what cannot be mended is left, and said", async (context) => {
  const cwd = temporaryFolder(context);
  writeFileSync(join(cwd, "a.ipynb"), notebookText([{ source: "x = np.ones(2) + lost", count: 1 }]));
  const finished = await reprise(["fix", "a.ipynb", "-o", "b.ipynb"], { directory: cwd });
  assert.equal(finished.code, 1);
  assert.match(finished.stdout, /Mended, one after the other \(1\):\n {2}NB103 cell 0: Add `import numpy as np`/);
  assert.match(finished.stdout, /Left for you \(1\); cells as they are in the copy:\n {2}NB103 cell 1: .*lost/);
  assert.match(finished.stdout, /Wrote b\.ipynb/);
});

test("a tidy notebook has nothing to fix, and its copy is the notebook", async (context) => {
  const cwd = temporaryFolder(context);
  const tidy = notebookText([{ source: "x = 1", count: 1 }]);
  writeFileSync(join(cwd, "a.ipynb"), tidy);
  const finished = await reprise(["fix", "a.ipynb", "-o", "b.ipynb", "--json"], { directory: cwd });
  assert.equal(finished.code, 0);
  assert.equal(answerOf(finished).outcome, "nothing-to-fix");
  assert.equal(readFileSync(join(cwd, "b.ipynb"), "utf8"), tidy);
});

test("the diff is that of the cells, and a dry run writes nothing", async (context) => {
  const cwd = temporaryFolder(context);
  const token = `ghp_${"a1B2".repeat(9)}`;
  writeFileSync(join(cwd, "a.ipynb"), notebookText([{ source: `import os\ntoken = "${token}"`, count: 1 }]));
  const finished = await reprise(["fix", "a.ipynb", "-o", "b.ipynb", "--dry-run", "--diff"], { directory: cwd });
  assert.match(
    finished.stdout,
    /a\.ipynb: cell 0\n@@ -1,2 \+1,2 @@\n import os\n-token = "•+"\n\+token = os\.environ\["TOKEN"\]/,
  );
  assert.ok(!finished.stdout.includes(token));
  assert.ok(!existsSync(join(cwd, "b.ipynb")));
});

for (const [name, args, message] of [
  ["no place for the copy", ["fix", "a.ipynb"], "Nothing says where the repaired copy goes"],
  ["the notebook itself", ["fix", "a.ipynb", "-o", "a.ipynb", "--force"], "is the notebook itself"],
  ["the notebook by another name", ["fix", "a.ipynb", "-o", "./a.ipynb", "--force"], "is the notebook itself"],
  ["a file that is there", ["fix", "a.ipynb", "-o", "taken.ipynb"], "exists already"],
  ["a rule that there is not", ["fix", "a.ipynb", "-o", "b.ipynb", "--only", "NB999"], "There is no rule NB999"],
] as const) {
  test(`refused before anything is done: ${name}`, async (context) => {
    const cwd = temporaryFolder(context);
    writeFileSync(join(cwd, "a.ipynb"), upsideDown);
    writeFileSync(join(cwd, "taken.ipynb"), "mine");
    const finished = await reprise([...args, "--json"], { directory: cwd });
    assert.equal(finished.code, 2);
    const { error } = answerOf(finished) as { error: { id: string; message: string; mend: string } };
    assert.equal(error.id, "RP141");
    assert.ok(error.message.includes(message), error.message);
    assert.equal(readFileSync(join(cwd, "a.ipynb"), "utf8"), upsideDown);
    assert.equal(readFileSync(join(cwd, "taken.ipynb"), "utf8"), "mine");
  });
}

test("fix --verify and analyze --verify run the notebook, and say what running shows", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const environment = dirname(dirname(python));
  const cwd = temporaryFolder(context);
  writeFileSync(join(cwd, "a.ipynb"), upsideDown);
  const fixed = answerOf(
    await reprise(["fix", "a.ipynb", "-o", "b.ipynb", "--json", "--verify", "--environment", environment], {
      directory: cwd,
    }),
  );
  assert.deepEqual(fixed.before, {
    reproduced: 0,
    comparable: 1,
    failed: 1,
    errors: [{ cell: 1, name: "NameError", message: "name 'late' is not defined" }],
  });
  assert.deepEqual(fixed.after, { reproduced: 1, comparable: 1, failed: 0, errors: [] });
  const finished = await reprise(
    ["analyze", "a.ipynb", "--json", "--verify", "--orders", "--environment", environment],
    { directory: cwd },
  );
  const { notebooks } = answerOf(finished) as {
    notebooks: [
      {
        findings: { rule: string; verification: { verdict: string } }[];
        orders: { kind: string; score: { reproduced: number } }[];
      },
    ];
  };
  const [{ findings, orders }] = notebooks;
  assert.deepEqual(
    findings.map(({ rule, verification }) => `${rule} ${verification.verdict}`),
    ["NB102 confirmed", "NB111 confirmed"],
  );
  assert.deepEqual(
    orders.map(({ kind, score }) => `${kind} ${score.reproduced}`),
    ["recorded 1", "document 0"],
  );
});
