/** What the files beside this one hold in common: one row a call of the command line, in a folder with four notebooks. */
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { answerOf, reprise } from "../../support/cli.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";

export const messy = notebookText([
  "import random\nx = random.random()",
  "total = x + 1\nprint(nothing)",
  "unrelated = 5",
]);
export const tidy = notebookText([
  { source: "alpha = 0.5\nrows = [1, 2]", tags: ["parameters"], count: 1 },
  { source: "scaled = [row * alpha for row in rows]", count: 2 },
  { source: "print(sum(scaled))", count: 3 },
]);
/** Saved in another order than it was run in: the last cell first. */
const reordered = notebookText([
  { source: "print(late)", count: 2 },
  { source: "late = 1", count: 1 },
]);
const files = { "messy.ipynb": messy, "tidy.ipynb": tidy, "reordered.ipynb": reordered, "broken.ipynb": "{" };

export interface Call {
  readonly name: string;
  readonly args: string;
  readonly input?: string;
  readonly exit: number;
  /** Fields of the JSON object on stdout, as they must be. */
  readonly fields?: object;
  readonly says?: RegExp;
  readonly saysNot?: RegExp;
  /** On stderr. */
  readonly tells?: RegExp;
  /** What is there afterwards beside the notebooks. */
  readonly leaves?: readonly string[];
}

/** Fields of an answer that is a failure. */
export const failed = (id: string) => ({ outcome: "failed", error: { id } });

/** A test for each call. */
export function testCalls(calls: readonly Call[]): void {
  describe("a call", { concurrency: 2 }, () => {
    for (const { name, args, input, exit, fields, says, saysNot, tells, leaves } of calls) {
      test(`${args.split(" ", 1)[0] || "reprise"}: ${name}`, { timeout: 60_000 }, async (context) => {
        const folder = temporaryFolder(context);
        for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
        const finished = await reprise(args.split(" ").filter(Boolean), {
          directory: folder,
          environment: { REPRISE_HOME: join(folder, ".reprise") },
          ...(input === undefined ? {} : { input }),
        });
        assert.equal(finished.code, exit, finished.stdout.slice(0, 2000) + finished.stderr.slice(0, 2000));
        if (fields !== undefined) {
          const answer = answerOf(finished);
          assert.deepEqual(Object.keys(answer).slice(0, 2), ["schema", "outcome"]);
          assert.partialDeepStrictEqual(answer, fields);
          const { error } = answer as { error?: { message: string; mend: string } };
          if (exit > 1)
            assert.ok(error && error.message.length > 5 && error.mend.length > 10, "it says what and how to mend it");
        }
        if (says) assert.match(finished.stdout, says);
        if (saysNot) assert.doesNotMatch(finished.stdout, saysNot);
        if (tells) assert.match(finished.stderr, tells);
        if (leaves) assert.deepEqual(readdirSync(folder).sort(), [...Object.keys(files), ...leaves].sort());
      });
    }
  });
}
