import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openRuff } from "../../../../core/src/host/ruff.ts";
import { readImportLine } from "../../../../core/src/project/imports/import-line.ts";
import { sortedImports } from "../../../../core/src/project/imports/import-order.ts";
import { isStandardLibrary } from "../../../../core/src/python/standard-library.ts";

const own = ["titanic", "tools"];

function sorted(lines: readonly string[], python = "3.11"): string {
  const read = lines.map((line) => readImportLine(line) ?? assert.fail(`not read: ${line}`));
  return sortedImports(read, { python, own });
}

test("sections follow each other, `import` before `from`, and members in order of their kind", () => {
  const lines = [
    "from .params import Params",
    "from titanic import score",
    "import pandas as pd",
    "from sklearn.metrics import roc_auc_score, R2, RocCurve, x10, x9",
    "from numpy import array as a",
    "from numpy import zeros",
    "import os",
    "from .. import tools",
    "from __future__ import annotations",
    "from numpy import ones",
    "import os",
  ];
  assert.equal(
    sorted(lines),
    `from __future__ import annotations

import os

import pandas as pd
from numpy import array as a
from numpy import ones, zeros
from sklearn.metrics import R2, RocCurve, roc_auc_score, x9, x10

from titanic import score

from .. import tools
from .params import Params`,
  );
});

const name = fc
  .stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,5}$/)
  .filter((text) => !/^(?:as|if|in|is|or|and|def|del|for|not|try|None|True|elif|else|from|with|pass)$/.test(text));
const module = fc.oneof(
  fc.constantFrom(
    "os",
    "numpy",
    "pandas",
    "titanic",
    "tools",
    "sklearn.metrics",
    "collections.abc",
    "tomllib",
    "x10",
    "x9",
  ),
  fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(".")),
);
const asname = fc.option(name, { nil: undefined });
const named = ([text, as]: readonly [string, string | undefined]) => (as === undefined ? text : `${text} as ${as}`);
const line = fc.oneof(
  fc.tuple(module, asname).map((one) => `import ${named(one)}`),
  fc
    .tuple(fc.constantFrom("", ".", ".."), module, fc.array(fc.tuple(name, asname), { minLength: 1, maxLength: 4 }))
    .map(([dots, from, members]) => `from ${dots}${from} import ${members.map(named).join(", ")}`),
);

test("ruff finds nothing to sort in any block", () => {
  const ruff = openRuff({ python: "3.11", firstParty: own, select: ["I"] });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
      const block = ruff.format(`${sorted(lines)}\n`);
      assert.deepEqual(ruff.check(block), [], block);
    }),
    { numRuns: 300 },
  );
});

test("ruff takes the same modules for those of the standard library, in each version", () => {
  const names =
    "asyncio __future__ imp distutils cgi zoneinfo tomllib graphlib crypt binhex numpy yaml _thread annotationlib";
  for (const python of ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14"]) {
    const ruff = openRuff({ python, firstParty: own, select: ["I"] });
    for (const each of names.split(" ")) {
      const block = `${sorted([`import ${each}`, "import attr"], python)}\n`;
      assert.deepEqual(ruff.check(block), [], `${each} in ${python}: ${isStandardLibrary(each, python)}`);
    }
  }
});
