import assert from "node:assert/strict";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { startPythonFormatter } from "../../../core/src/host/formatter-process.ts";
import { createPythonFormatter } from "../../../core/src/host/python-formatter.ts";

const settings = { firstParty: "own", python: "3.11" };
const draft = `import pandas as pd, os
from .params import Params
import numpy as np
# reprise-origin:3.1
x = np.array( [1,2] )
if x.sum() == None: print(os.name)
# reprise-origin:end
`;

test("the process answers as the formatter itself does", async () => {
  const separate = startPythonFormatter();
  const drafts = [draft, "y = 1", draft.replace("numpy", "math")];
  const answers = await Promise.all(drafts.map((text) => separate.format(text, settings)));
  const here = createPythonFormatter();
  assert.deepEqual(answers, await Promise.all(drafts.map((text) => here.format(text, settings))));
  assert.deepEqual(answers[0]?.statements.slice(2), ["3.1", "3.1", "3.1"]);
  assert.deepEqual(answers[0]?.brokenRules, ["E711"]);
});

test("a Python that ruff does not know is taken for the nearest that it knows", async () => {
  const here = createPythonFormatter();
  for (const python of ["3.6", "3.20"])
    assert.equal((await here.format("x=1", { firstParty: "own", python })).text, "x = 1\n");
});

test("a text that is not Python is refused, and the next one is formatted", async () => {
  const separate = startPythonFormatter();
  await assert.rejects(separate.format("x = (", settings), /./);
  assert.equal((await separate.format("x=1", settings)).text, "x = 1\n");
});

test("a process that is never asked lets this one end", async () => {
  const program = import.meta.resolve("../../../core/src/host/formatter-process.ts");
  const code = `const { startPythonFormatter } = await import(${JSON.stringify(program)}); startPythonFormatter();`;
  const ended = await runProcess(process.execPath, ["--input-type=module", "-e", code], {
    signal: AbortSignal.timeout(60_000),
  });
  assert.equal(ended.code, 0, ended.stderr);
});
