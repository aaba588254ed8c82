import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { gapsOf } from "../../../core/src/verify/observation/gaps.ts";
import type { ObservedCell } from "../../../core/src/verify/observation/observed-cells.ts";
import { refinementOf } from "../../../core/src/verify/refinement.ts";
import { beginNotebook } from "../../../core/src/verify/sides/notebook-runs.ts";
import type { Verification } from "../../../core/src/verify/verdict.ts";
import { requirePython } from "../../support/python.ts";
import { dataflowOf, readSubject, wineFolder, wineRequest } from "./wine.ts";

const small = join(import.meta.dirname, "fixtures", "small");

function observed(cell: number, seen: Partial<ObservedCell>): ObservedCell {
  return { cell, changed: [], shared: [], opened: [], complete: true, ...seen };
}

const holds: Verification = {
  ...{ outcome: "identical", values: [], outputs: [], nondeterministic: [] },
  ...{ runs: { notebook: [], project: [] }, tolerance: { rtol: 0, atol: 0 } },
};

test("a kernel tells what each cell changed behind its text, which names are one object, and which files it opened", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), "reprise-gaps-"));
  await using request = await wineRequest(python, join(folder, "project"), join(folder, "work"));
  try {
    cpSync(small, folder, { recursive: true });
    const path = join(folder, "small.ipynb");
    const content = JSON.parse(readFileSync(path, "utf8"));
    const at = "__import__('ctypes').cast(address, __import__('ctypes').py_object).value";
    content.cells[1].source = "items = [3, 1, 2]\naddress = id(items)\nopen('a.txt', 'w').close()";
    content.cells[2].source = `${at}.append(4)\ntotal = [${at}]\nopen('a.txt').close()`;
    writeFileSync(path, JSON.stringify(content));
    const notebook = readNotebook(readFileSync(path, "utf8"), path);
    const plan = JSON.parse(readFileSync(join(small, "plan.json"), "utf8")) as PipelinePlan;
    const stages = plan.stages.map((stage) => ({ ...stage, outputs: ["items", "total"] }));
    const dataflow = await dataflowOf(notebook);
    const own = { ...request, notebook, plan: { ...plan, stages }, dataflow, observes: true };
    const { first } = await beginNotebook(own);
    assert.equal(first.stopped, undefined);
    const [one, other] = first.observed;
    assert.deepEqual(one?.changed, []);
    assert.deepEqual(other?.changed, ["items"]);
    assert.deepEqual(other?.shared, [["items", "total"]]);
    const opened = [one, other].map((cell) =>
      cell?.opened.filter(([file]) => file.endsWith("a.txt")).map(([, use]) => use),
    );
    assert.deepEqual(opened, [["write"], ["read"]]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("what a run shows and the plan expects anyway is no gap", async () => {
  const subject = await readSubject(wineFolder);
  const cells = [observed(4, { changed: ["df"] }), observed(7, { shared: [["train", "frame"]] })];
  assert.deepEqual(gapsOf(subject, cells, "/notebook"), []);
});

test("a value that changes unseen between the stages that make and take it joins them, before anything differs", async () => {
  const subject = await readSubject(wineFolder);
  const { plan } = subject;
  const given = plan.stages.map(({ name, inputs }) => [
    name,
    inputs.map((input) => `${input.name} from ${input.from}`),
  ]);
  const last = plan.stages.findLast(({ inputs }) => inputs.some(({ from }) => from === "features"));
  const name = last?.inputs.find(({ from }) => from === "features")?.name ?? "";
  assert.equal(last?.name, "evaluate", JSON.stringify(given));
  const gaps = gapsOf(subject, [observed(11, { changed: [name] })], "/notebook");
  assert.deepEqual(
    gaps.map(({ kind, cell, message }) => [kind, cell, message]),
    [
      [
        "change",
        11,
        `cell 11 changes ${name}, which no statement of it names; evaluate would be given it as it was before train`,
      ],
    ],
  );
  const refinement = refinementOf(plan, { ...holds, gaps });
  assert.equal(refinement?.change, "train and evaluate are one stage");
  assert.deepEqual(refinement?.options.together, [gaps[0]?.together]);
  assert.equal(refinementOf(plan, { ...holds, gaps }, refinement), undefined, "it is tried once");
});

test("names that are one object, and go to a stage that changes one of them in two files, are kept together", async () => {
  const subject = await readSubject(wineFolder);
  const train = subject.plan.stages.find(({ name }) => name === "train");
  assert.ok(train);
  const changed = subject.dataflow.statements
    .filter(({ id }) => (train.statements as readonly string[]).includes(id))
    .flatMap(({ accesses }) => accesses.filter(({ kind }) => kind === "change").map(({ place }) => place.name));
  assert.ok(changed.length > 0, "the stage changes something");
  const [name = ""] = changed;
  const inputs = [name, "y_train"].map((input) => ({ name: input, from: "features" }));
  const stages = subject.plan.stages.map((stage) => (stage === train ? { ...train, inputs } : stage));
  const plan = { ...subject.plan, stages, artifacts: [] };
  const gaps = gapsOf({ ...subject, plan }, [observed(9, { shared: [[name, "y_train"]] })], "/notebook");
  assert.deepEqual(
    gaps.map(({ kind, cell }) => [kind, cell]),
    [["alias", 9]],
  );
  assert.equal(refinementOf(plan, { ...holds, gaps })?.change, "features and train are one stage");
});

test("a file that one stage writes and another reads under a name that nobody could know is told", async () => {
  const subject = await readSubject(wineFolder);
  const cells = [
    observed(4, { opened: [["/notebook/part-7.csv", "write"]] }),
    observed(13, {
      opened: [
        ["/notebook/part-7.csv", "read"],
        ["/etc/hosts", "read"],
      ],
    }),
  ];
  const plan = { ...subject.plan, stages: subject.plan.stages.map((stage) => ({ ...stage, inputs: [], after: [] })) };
  assert.deepEqual(
    gapsOf({ ...subject, plan }, cells, "/notebook").map(({ kind, cell, together }) => [kind, cell, together]),
    [["file", 13, undefined]],
  );
});
