import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";

/** A notebook for a kernel that no machine has, with outputs saved in it. */
const notebook = {
  cells: [
    {
      cell_type: "code",
      metadata: {},
      execution_count: 1,
      source: "print(1)",
      outputs: [{ output_type: "stream", name: "stdout", text: "1\n" }],
    },
    {
      cell_type: "code",
      metadata: {},
      execution_count: 2,
      source: "x = 2\nx",
      outputs: [{ output_type: "execute_result", execution_count: 2, metadata: {}, data: { "text/plain": "2" } }],
    },
  ],
  metadata: { kernelspec: { name: "no-such-kernel", display_name: "None", language: "python" } },
  nbformat: 4,
  nbformat_minor: 4,
};

test("where nothing can be run, a proof says which saved outputs it could not compare, what is missing and how to mend it", async (context) => {
  const directory = temporaryFolder(context);
  writeFileSync(join(directory, "a.ipynb"), JSON.stringify(notebook));
  const converted = await reprise(["convert", "a.ipynb", "-o", "made", "--no-lock"], { directory });
  assert.equal(converted.code, 0, converted.stderr);
  const readme = readFileSync(join(directory, "made", "README.md"), "utf8");
  const verify = ["verify", "a.ipynb", "made", "--environment", "kernel"];
  const finished = await reprise([...verify, "--json", "--report", "proof.html"], { directory });
  assert.equal(finished.code, 3, finished.stderr);
  const { outcome, outputs, values, reason, error } = answerOf(finished) as {
    outcome: string;
    outputs: { cell: number; kind: string; verdict: string }[];
    values: unknown[];
    reason: string;
    error: { id: string; mend: string };
  };
  assert.equal(outcome, "not-comparable");
  assert.deepEqual(values, []);
  assert.deepEqual(
    outputs.map(({ cell, kind, verdict }) => `${cell} ${kind} ${verdict}`),
    ["0 stream opaque", "1 display opaque"],
  );
  assert.match(reason, /no kernel called "no-such-kernel".* 2 saved outputs \(cells 0, 1\): none could be compared/);
  assert.equal(error.id, "RP310");
  assert.match(error.mend, /no-such-kernel/);
  assert.match(readFileSync(join(directory, "proof.html"), "utf8"), /Nothing could be run here/);
  assert.equal(readFileSync(join(directory, "made", "README.md"), "utf8"), readme);
  assert.ok(!existsSync(join(directory, "made", "proof.json")));
  const told = await reprise(verify, { directory });
  assert.equal(told.code, 3);
  assert.match(told.stdout, /^not-comparable: Nothing can be run here/);
  assert.match(told.stdout, /RP310/);
});
