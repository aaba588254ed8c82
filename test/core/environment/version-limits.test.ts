import assert from "node:assert/strict";
import { test } from "node:test";
import { lastDay, lowest, olderVersions, versionLimit } from "../../../core/src/environment/needs/version-limits.ts";
import { preferencesOf } from "../../../core/src/environment/uv/preferences.ts";
import { removedApis } from "../../../core/src/rules/environment/removed-apis.ts";
import { removedArguments } from "../../../core/src/rules/environment/removed-arguments.ts";
import { removedValues } from "../../../core/src/rules/environment/removed-values.ts";
import { behaviourChanges } from "../../../core/src/verify/changed-behaviour.ts";

const limit = (library: string, below: string) => versionLimit(library, below, "cell 0 needs it");

test("of every version that took something away the day is known", () => {
  const removals = [...removedApis, ...removedArguments, ...removedValues].map(({ name, since }) =>
    limit(name.split(".")[0] ?? "", since),
  );
  const changes = behaviourChanges.map(({ library, since }) => limit(library, since));
  for (const one of [...removals, ...changes]) assert.match(lastDay([one]) ?? "", /^20\d\d-\d\d-\d\d$/);
});

test("of several limits of a library the lowest counts", () => {
  const limits = lowest([limit("sklearn", "1.2"), limit("numpy", "2.0"), limit("sklearn", "0.24")]);
  assert.deepEqual(
    limits.map(({ name, below }) => `${name}<${below}`),
    ["scikit-learn<0.24", "numpy<2.0"],
  );
});

test("the packages are those of the day before, or of when they were built for the Python", () => {
  assert.equal(olderVersions([limit("pandas", "2.0")], "3.11")?.asOf, "2023-04-02");
  assert.equal(olderVersions([limit("pandas", "2.0")], "3.12")?.asOf, "2024-01-30");
  assert.equal(olderVersions([], "3.11"), undefined);
});

test("older versions are given up last, and what was built for numpy 1 is not put beside numpy 2", () => {
  const older = olderVersions([limit("pandas", "2.0")], "3.11");
  assert.ok(older);
  const ways = preferencesOf({ requirements: ["pandas"], python: "3.11", prefer: ["scipy==1.9.0"], older });
  assert.deepEqual(
    ways.map(({ constraints, asOf, isOldEnough }) => [constraints.join(" "), asOf, isOldEnough]),
    [
      ["pandas<2.0 scipy==1.9.0", "2023-04-02", true],
      ["pandas<2.0", "2023-04-02", true],
      ["pandas<2.0 numpy<2.0 scipy==1.9.0", undefined, true],
      ["pandas<2.0 numpy<2.0", undefined, true],
      ["scipy==1.9.0", undefined, false],
      ["", undefined, false],
    ],
  );
});
