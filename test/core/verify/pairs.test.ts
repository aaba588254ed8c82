import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { placeAgent } from "../../../core/src/verify/agent-files.ts";
import { requirePython } from "../../support/python.ts";

interface Answer {
  readonly name: string;
  readonly verdict: string;
  readonly detail: string;
}

/** Each file of pairs, the environment that has its libraries, and the program that compares them. */
const files = {
  pairs: { environment: "ml", program: "run_pairs.py" },
  library_pairs: { environment: "values", program: "run_pairs.py" },
  file_pairs: { environment: "ml", program: "run_file_pairs.py" },
} as const;

for (const [module, { environment, program }] of Object.entries(files)) {
  test(`every pair of ${module}.py gets its verdict and says where it parts`, async (context) => {
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
