import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { placeAgent } from "../../../core/src/verify/sides/agent-files.ts";
import { requirePython } from "../../support/python.ts";

test("values of some hundred MB are compared without a copy of them in memory, and it is said where they part", async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined || process.platform === "win32") return;
  const folder = await mkdtemp(join(tmpdir(), "reprise-large-"));
  try {
    const agent = await placeAgent(folder);
    const script = join(import.meta.dirname, "fixtures", "pairs", "large_values.py");
    const { code, stdout, stderr } = await runProcess(python, [script, agent, join(folder, "made")]);
    assert.equal(code, 0, stderr);
    const { told, same, captured, whole, disk } = JSON.parse(stdout) as {
      told: Readonly<Record<string, string>>;
      same: string;
      captured: number;
      whole: number;
      disk: number;
    };
    context.diagnostic(
      `describing 580 MiB took ${captured} MiB of memory, all of it ${whole} MiB, ${disk} MiB on disk`,
    );
    assert.equal(same, "identical");
    assert.match(
      told.array ?? "",
      /^1 of 320 blocks of 131072 elements are not the same, the first begins at 31457280;/,
    );
    assert.match(told.turned ?? "", /1 of 16777216 elements differ, first at \[5, 7\]/);
    assert.match(told.frame ?? "", /column "a": 1 of 8388608 rows differ, first at 8388607/);
    assert.match(told.texts ?? "", /1 of 500000 elements differ, first at 400000: 'text 400000' and 'other'/);
    assert.ok(captured < 150, `describing took ${captured} MiB`);
    assert.ok(whole < 400, `comparing took ${whole} MiB`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
