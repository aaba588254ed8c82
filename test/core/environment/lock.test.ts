import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { LockRequest } from "../../../core/src/environment/lock/lock-request.ts";
import { parsePylock } from "../../../core/src/environment/lock/pylock.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { apart, ask } from "./asking.ts";

const python = "3.11";

describe("a lock from the real index", { timeout: 400_000 }, () => {
  it("holds what there was on a day, with a hash for every file", async (context) => {
    const variables = await apart(temporaryFolder(context));
    const request: LockRequest = { requirements: ["pandas"], python, asOf: "2023-06-01", extra: ["six"] };
    const { environment, problem } = await ask({ request }, variables);
    assert.equal(problem, undefined);
    assert.deepEqual(environment?.direct, ["pandas==2.0.2"]);
    assert.equal(environment?.packages.find(({ name }) => name === "numpy")?.version, "1.24.3");
    assert.equal(environment?.asOf, "2023-06-01");
    assert.match(environment?.lockHash ?? "", /^sha256:[0-9a-f]{64}$/);
    for (const { name, files } of parsePylock(environment?.lock ?? "").packages) {
      assert.ok(files.length > 0 && files.every(({ sha256 }) => sha256 !== undefined), name);
    }
    // The same request again needs neither uv nor a network.
    const again = await ask({ request }, { ...variables, REPRISE_UV: "/nowhere/uv" });
    assert.deepEqual(again.environment, environment);
  });

  it("gives up a version that the notebook only printed, where nothing fits with it, and says so", async (context) => {
    const request: LockRequest = { requirements: ["six"], prefer: ["six==0.0.99"], python };
    const { environment } = await ask({ request }, await apart(temporaryFolder(context)));
    assert.ok(environment?.reasons.some((reason) => /six==0\.0\.99: printed by the notebook, but/.test(reason)));
  });

  for (const [what, request, id, message] of [
    [
      "a package that nobody has",
      { requirements: ["six", "reprise-test-no-such-package"], python },
      "RP304",
      /called reprise-test-no-such-package/,
    ],
    ["a version that there is not", { requirements: ["six==99.9"], python }, "RP303", /six==99\.9/],
    [
      "a day before the first version",
      { requirements: ["narwhals"], python, asOf: "2023-01-01" },
      "RP303",
      /narwhals.*2023-01-01/,
    ],
    ["a day before its Python", { requirements: ["polars"], python, asOf: "2015-01-01" }, "RP303", /2022-10-24/],
    [
      "versions that contradict",
      { requirements: ["pandas==2.0.2", "numpy<1.20"], python },
      "RP303",
      /cannot be installed|no version/,
    ],
    ["a day that is none", { requirements: ["six"], python, asOf: "2023-02-30" }, "RP308", /2023-02-30/],
    ["a Python that is none", { requirements: ["six"], python: "2.7" }, "RP302", /2\.7/],
  ] as const) {
    it(`is refused for ${what}, by name`, async (context) => {
      const { problem, output } = await ask({ request }, await apart(temporaryFolder(context)));
      assert.equal(problem?.id, id, output);
      assert.match(problem?.message ?? "", message);
      assert.ok((problem?.mend.length ?? 0) > 10);
    });
  }
});
