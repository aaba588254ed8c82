/** `convert --prove`: what the analysis cannot see, the proof finds, and the plan is made again. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { writeNotebookFile } from "../support/notebooks.ts";

const heading = (text: string) => ({ source: `## ${text}`, kind: "markdown" as const });

interface ProvenAnswer {
  readonly outcome: string;
  readonly stages: readonly { readonly name: string; readonly cells: readonly number[] }[];
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
  const finished = await call("--prove");
  const proven = answer(finished);
  assert.equal(finished.code, 0, finished.stderr + finished.stdout.slice(0, 2000));
  assert.equal(proven.proof.outcome, "identical");
  assert.equal(proven.refinements.length, 1);
  assert.match(proven.refinements[0]?.why ?? "", /KeyError/);
  assert.match(proven.refinements[0]?.change ?? "", /are one stage/);
  const holder = proven.stages.find(({ cells }) => cells.includes(2));
  assert.ok(holder?.cells.includes(4), "what is known and who asks for it stand in one stage");
  assert.ok(existsSync(join(folder, "out", "reprise.json")));
});
