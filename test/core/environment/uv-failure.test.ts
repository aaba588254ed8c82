import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { uvProblem } from "../../../core/src/environment/uv/uv-failure.ts";

const task = { what: "lock pandas for Python 3.11", python: "3.11", asOf: "2023-01-01" };

/** What uv 0.13 writes, one for each that cannot be had on every machine. */
const outputs: readonly (readonly [string, string, string, RegExp])[] = [
  [
    "a full disk",
    "error: failed to write to file\n  cause: No space left on device (os error 28)",
    "RP306",
    /disk is full/,
  ],
  [
    "an authority that is not trusted",
    "error: Failed to fetch: `https://pypi.org/simple/pandas/`\n  cause: invalid peer certificate: UnknownIssuer",
    "RP305",
    /certificate is not trusted/,
  ],
  [
    "a proxy that refuses",
    "error: Failed to fetch: `https://pypi.org/simple/pandas/`\n  cause: HTTP status client error (403 Forbidden)",
    "RP305",
    /refused access/,
  ],
  [
    "a source that cannot be built",
    "  × Failed to build `scikit-learn==0.20.0`\n  ├─▶ The build backend returned an error",
    "RP306",
    /scikit-learn 0\.20\.0 has no ready-made wheel/,
  ],
  [
    "a Python that cannot be downloaded",
    "error: Failed to download https://github.com/astral-sh/python-build-standalone/releases/x\n  cause: dns error",
    "RP302",
    /no Python 3\.11 here/,
  ],
  [
    "versions that contradict, over several lines",
    "error: No solution found when resolving dependencies\n  cause: Because a==1 depends on\n  b>2 and you require b<1, we can conclude\n  that your requirements are unsatisfiable.",
    "RP303",
    /cannot be installed together/,
  ],
  ["what nobody has seen before", "error: something new", "RP306", /could not lock pandas/],
];

describe("what uv says", () => {
  for (const [what, output, id, message] of outputs) {
    it(`is a problem with a mend: ${what}`, () => {
      const { problem } = uvProblem(output, task);
      assert.equal(problem.id, id);
      assert.match(problem.message, message);
      assert.ok(problem.mend.length > 10);
      assert.ok(problem.cause?.startsWith(output.trim().slice(0, 10)));
    });
  }

  it("is that its Python came out later, where packages are wanted as of an earlier day", () => {
    const early = { ...task, asOf: "2018-03-01" };
    const output =
      "error: Failed to download and build `pandas==0.13.1`\n  cause: No solution found when resolving: `setuptools>=40.8.0`\n" +
      "hint: `setuptools` was filtered by `exclude-newer` to only include packages uploaded before 2018-03-01";
    const { problem } = uvProblem(output, early);
    assert.equal(problem.id, "RP303");
    assert.match(
      problem.message,
      /As of 2018-03-01 no package was built for Python 3\.11, which came out on 2022-10-24/,
    );
    assert.match(problem.mend, /that day or a later one \(--as-of\), or an older Python \(--python\)/);
    assert.match(uvProblem(output, task).problem.message, /Nothing of setuptools/);
    assert.match(uvProblem("error: No space left on device", early).problem.message, /disk is full/);
  });

  it("is shortened to its end, without passwords, however long it is", () => {
    const long = `${"line https://bob:s3cret@example.org/\n".repeat(20_000)}error: the end`;
    const cause = uvProblem(long, task).problem.cause as string;
    assert.ok(cause.length <= 2000 && cause.endsWith("error: the end") && !cause.includes("s3cret"));
  });
});
