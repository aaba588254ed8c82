/** `convert --prove`: what the analysis cannot see, the proof finds, and the plan is made again. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { writeNotebookFile } from "../support/notebooks.ts";

const heading = (text: string) => ({ source: `## ${text}`, kind: "markdown" as const });

interface ProvenAnswer {
  readonly outcome: string;
  readonly stages: readonly {
    readonly name: string;
    readonly cells: readonly number[];
    readonly outputs: readonly string[];
  }[];
  readonly proof: { readonly outcome: string };
  readonly refinements: readonly { readonly why: string; readonly change: string }[];
  readonly error?: { readonly id: string };
}

const answer = (finished: Parameters<typeof answerOf>[0]) => answerOf(finished) as unknown as ProvenAnswer;

test("values that lean on the identity of an object are found to differ, and their stages are joined", {
  timeout: 300_000,
}, async (context) => {
  const folder = temporaryFolder(context);
  writeNotebookFile(join(folder, "a.ipynb"), [
    heading("Load"),
    "rows = [3, 1, 2]",
    "known = {id(rows): 'train'}",
    heading("Features"),
    "label = known[id(rows)]",
    "total = sum(rows)",
    heading("Score"),
    "score = total / len(label)",
    "print(score)",
  ]);
  const call = (...args: readonly string[]) =>
    reprise(["convert", "a.ipynb", "-o", "out", "--stages", "headings", "--json", ...args], { directory: folder });
  const unlocked = await call("--prove", "--no-lock");
  assert.equal(answer(unlocked).error?.id, "RP141");
  const unprovenPage = await call("--report", "proof.html");
  assert.equal(answer(unprovenPage).error?.id, "RP141");
  const finished = await call("--prove", "--report", "proof.html");
  const proven = answer(finished);
  assert.equal(finished.code, 0, finished.stderr + finished.stdout.slice(0, 2000));
  assert.equal(proven.proof.outcome, "identical");
  assert.equal(proven.refinements.length, 1);
  assert.match(proven.refinements[0]?.why ?? "", /KeyError/);
  assert.match(proven.refinements[0]?.change ?? "", /are one stage/);
  const holder = proven.stages.find(({ cells }) => cells.includes(2));
  assert.ok(holder?.cells.includes(4), "what is known and who asks for it stand in one stage");
  assert.ok(existsSync(join(folder, "out", "reprise.json")));
  assert.match(readFileSync(join(folder, "proof.html"), "utf8"), /The project computes what the notebook computes/);

  // What the proof found stands in the project, and is of its code as long as that is as it was.
  const read = (path: string) => readFileSync(join(folder, "out", path), "utf8");
  assert.equal(JSON.parse(read("proof.json")).outcome, "identical");
  assert.match(read("proof.svg"), />identical, \d{4}-\d\d-\d\d</);
  const values: Record<string, unknown> = JSON.parse(read("tests/recorded.json")).values;
  assert.deepEqual(
    Object.keys(values),
    proven.stages.filter(({ outputs }) => outputs.length > 0).map(({ name }) => name),
  );
  const check = () => reprise(["verify", "a.ipynb", "out", "--check", "--json"], { directory: folder });
  assert.equal(answer(await check()).outcome, "identical");
  writeFileSync(join(folder, "out", "params.yaml"), `${read("params.yaml")}# edited\n`);
  const stale = await check();
  assert.equal(stale.code, 1);
  assert.equal(answer(stale).outcome, "stale");
});

test("a notebook of another time is proven with versions that still do what it needs, and says so", {
  timeout: 300_000,
}, async (context) => {
  const folder = temporaryFolder(context);
  writeNotebookFile(join(folder, "a.ipynb"), [
    "import pandas as pd",
    "table = pd.DataFrame({'kind': list('aabb'), 'size': [1.0, 2.0, 3.0, 4.0]})",
    // Until pandas 2.0, columns of text were left out.
    "sizes = table.groupby('kind').sum().corr().join(table.corr(), rsuffix='_all')",
    "print(sizes)",
  ]);
  const finished = await reprise(["convert", "a.ipynb", "-o", "out", "--prove", "--json"], { directory: folder });
  assert.equal(answer(finished).proof?.outcome, "identical", finished.stderr + finished.stdout.slice(0, 2000));
  assert.match(finished.stderr, /pandas is too new \(cell 2 .*\)\. Again, with older ones/);
  assert.match(readFileSync(join(folder, "out", "README.md"), "utf8"), /pandas is locked at 1\.5\.3/);
});
