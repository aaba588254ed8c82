import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { placeAgent } from "../../../core/src/verify/sides/agent-files.ts";
import { requirePython } from "../../support/python.ts";

interface Answer {
  readonly name: string;
  readonly verdict: string;
  readonly detail: string;
}

/** The files of pairs, the environments that have their libraries, and the programs that compare them. */
const files = [
  ["pairs", "ml", "run_pairs.py"],
  ["object_pairs", "ml", "run_pairs.py"],
  ["handle_pairs", "ml", "run_pairs.py"],
  ["frame_pairs", "ml", "run_pairs.py"],
  ["frame_pairs", "pandas-2", "run_pairs.py"],
  ["library_pairs", "values", "run_pairs.py"],
  ["keras_pairs", "keras", "run_pairs.py"],
  ["file_pairs", "ml", "run_file_pairs.py"],
] as const;

for (const [module, environment, program] of files) {
  test(`every pair of ${module}.py gets its verdict and says where it parts (${environment})`, async (context) => {
    const python = await requirePython(context, environment);
    if (python === undefined) return;
    const folder = await mkdtemp(join(tmpdir(), "reprise-pairs-"));
    try {
      const script = join(import.meta.dirname, "fixtures", "pairs", program);
      const agent = await placeAgent(folder);
      const { code, stdout, stderr } = await runProcess(python, [script, agent, join(folder, "made"), module]);
      assert.equal(code, 0, stderr);
      const { answers, expected } = JSON.parse(stdout.slice(stdout.lastIndexOf("\n{") + 1)) as {
        answers: Answer[];
        expected: Record<string, { verdict: string; detail: string }>;
      };
      assert.deepEqual(answers.map(({ name }) => name).sort(), Object.keys(expected).sort());
      for (const { name, verdict, detail } of answers) {
        await context.test(name, () => {
          assert.equal(verdict, expected[name]?.verdict, detail);
          assert.ok(detail.includes(expected[name]?.detail ?? ""), detail);
        });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
