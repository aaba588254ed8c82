import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../../core/src/host/assets.ts";
import { createRuffFormatter } from "../../../../core/src/host/ruff-formatter.ts";
import { reviewDraft } from "../../../../core/src/project/imports/review-draft.ts";
import { originMark, originMarkEnd } from "../../../../core/src/project/origin-marks.ts";
import { createPythonParser } from "../../../../core/src/python/parser.ts";
import { fixtureProject } from "../fixtures.ts";

const parser = await createPythonParser(loadGrammar());
const ruff = createRuffFormatter();
const settings = { firstParty: "own", python: "3.11" };

/** A stage's module with lines of an author. */
function moduleOf(...lines: readonly string[]): string {
  const body = lines.map((line) => `    ${line}\n`).join("");
  return `"""A stage."""

from __future__ import annotations
import pandas as pd
import numpy as np
from .params import Params
from sklearn.metrics import accuracy_score

def train(frame: pd.DataFrame, params: Params) -> float:
    ${originMark("0.0")}
${body}    ${originMarkEnd}
    return frame.x.sum()
`;
}

const tidy: Readonly<Record<string, readonly string[]>> = {
  "calls and loops": ["for each in frame.columns:", "    print(f'{each}: {frame[each].mean():.2f}', np.pi)"],
  "plain formatting": ["print('%d of %s' % (1, 'two'), '{}, {:.1f}'.format(1, 2.0), '%.3f' % frame.x.mean())"],
  "an unused name of a tuple": ["figure, axes = frame.subplots()", "axes.plot()"],
  "a variable that nothing reads": ["idle, _kept = frame.x, 1", "with open('a') as unread: pass"],
  "a comparison with nothing": ["if frame is None or frame.x.dtype == float: print('empty')"],
};

const doubtful: Readonly<Record<string, readonly string[]>> = {
  E401: ["import os, sys", "print(os, sys)"],
  E711: ["print(frame.x == None)"],
  E712: ["print(frame[frame.x == True])"],
  E713: ["print(not 1 in frame)"],
  E714: ["print(not frame is None)"],
  E721: ["print(type(frame) == type(params))"],
  E722: ["try:", "    frame.fit()", "except:", "    pass"],
  E731: ["f = lambda x: x", "print(f(1))"],
  E741: ["l = frame.x", "print(l)"],
  F401: ["import os"],
  F502: ["print('%(a)s' % (1,))"],
  F507: ["print('%s %s' % (1,))"],
  F523: ["print('{}'.format(1, 2))"],
  F524: ["print('{} {}'.format(1))"],
  F541: ["print(f'none')"],
  F601: ["print({'a': 1, 'a': 2})"],
  F631: ["assert (frame, 'a')"],
  F632: ["print(frame is 'a')"],
  F633: ["print >> frame, 1"],
  F634: ["if (frame, 1): print(1)"],
  F811: ["def helper(): return 1", "def helper(): return 2", "helper()"],
  F821: ["print(nowhere)"],
  F823: ["print(pd)", "pd = 1"],
  "F841, perhaps": ["idle = frame.x", "print(locals())"],
  F901: ["raise NotImplemented"],
  I001: ["import sys", "import os", "print(os, sys)"],
};

for (const [what, lines] of Object.entries(tidy)) {
  test(`no linter is needed for ${what}, and it would find the same`, async () => {
    const draft = moduleOf(...lines);
    const { text, needsLinter, brokenRules } = reviewDraft(draft, settings, parser);
    assert.equal(needsLinter, false);
    const formatted = await ruff({ draft: text, settings, needsLinter: false });
    assert.deepEqual({ ...formatted, brokenRules }, await ruff({ draft, settings, needsLinter: true }));
  });
}

for (const [rule, lines] of Object.entries(doubtful)) {
  test(`what breaks ${rule} is left to the linter`, async () => {
    const draft = moduleOf(...lines);
    assert.deepEqual(reviewDraft(draft, settings, parser), { text: draft, needsLinter: true, brokenRules: [] });
  });
}

test("the rules that these lines break are those that they are named after", async () => {
  // The linter mends three of them; `locals()` uses every variable.
  const others = ["E401", "F401", "I001", "F841, perhaps"];
  for (const [rule, lines] of Object.entries(doubtful)) {
    const { brokenRules } = await ruff({ draft: moduleOf(...lines), settings, needsLinter: true });
    if (!others.includes(rule)) assert.ok(brokenRules.includes(rule), `${rule}: ${brokenRules}`);
  }
});

test("conditional, starred, quoted and kept imports are left to the linter", () => {
  const whole = moduleOf("print(1)");
  for (const [plain, odd] of [
    ["import numpy as np", "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np"],
    ["import numpy as np", "from numpy import *"],
    ["import numpy as np", "import numpy as np  # noqa: F401 (named in a text)"],
    ["frame: pd.DataFrame", 'frame: "pd.DataFrame"'],
  ] as const) {
    assert.equal(reviewDraft(whole.replace(plain, odd), settings, parser).needsLinter, true, odd);
  }
});

for (const name of ["churn", "diabetes"]) {
  test(`the modules of ${name} come out of the linter as they come out without it`, async () => {
    let compared = 0;
    await fixtureProject(name, {
      async format(draft, known) {
        const withLinter = await ruff({ draft, settings: known, needsLinter: true });
        const { text, needsLinter, brokenRules } = reviewDraft(draft, known, parser);
        if (needsLinter) return withLinter;
        const formatted = await ruff({ draft: text, settings: known, needsLinter: false });
        assert.deepEqual({ ...formatted, brokenRules }, withLinter, draft);
        compared++;
        return withLinter;
      },
    });
    assert.ok(compared > 10, `${compared} modules without the linter`);
  });
}
