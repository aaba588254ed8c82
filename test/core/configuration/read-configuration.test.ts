import assert from "node:assert/strict";
import { test } from "node:test";
import { ignoredIn } from "../../../core/src/configuration/configuration.ts";
import { readConfiguration } from "../../../core/src/configuration/read-configuration.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";

const faults: readonly (readonly [about: string, text: string, line: number, message: RegExp, mend: RegExp])[] = [
  ["no TOML", "select = [\n", 2, /not valid TOML/, /Mend/],
  ["an unknown setting", 'select = ["NB1"]\n\nignroe = []\n', 3, /no setting `ignroe`/, /`ignore`/],
  [
    "an unknown option",
    '[run]\nenvironment = "auto"\nexperimnt = "x"\n',
    3,
    /no setting `run.experimnt`/,
    /`experiment`/,
  ],
  ["a dotted key", "\nrun.cpus = 0\n", 2, /`run.cpus` must be > 0/, /configuration/],
  ["a value that there is not", 'fail-on = "eror"\n', 1, /`fail-on` cannot be "eror"/, /`error`/],
  ["a value of the wrong type", 'select = "NB1"\n', 1, /`select` must be array/, /configuration/],
  ["an item of the wrong form", 'ignore = [\n  "NB1",\n  "E501",\n]\n', 1, /`ignore` must match/, /configuration/],
  ["a word that is no rule", '[severity]\nnoise = "info"\n', 2, /`noise` in `severity` is no rule/, /NB501/],
];

for (const [about, text, line, message, mend] of faults) {
  test(`a configuration with ${about} is refused with its line and a mend`, async () => {
    await assert.rejects(readConfiguration(text, "reprise.toml"), (error) => {
      assert.ok(error instanceof ProblemError);
      assert.equal(error.problem.id, "RP145");
      assert.equal(error.problem.place?.line, line);
      assert.match(error.problem.message, message);
      assert.match(error.problem.mend, mend);
      return true;
    });
  });
}

test("a pyproject.toml without the table says nothing, and lines are counted in the whole file", async () => {
  assert.equal(await readConfiguration('[project]\nname = "reprise-fan"\n', "a/pyproject.toml"), undefined);
  const text = '[project]\nname = "x"\n\n[tool.reprise.run]\nengine = "podman"\n';
  await assert.rejects(readConfiguration(text, "pyproject.toml"), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.equal(error.problem.place?.line, 5);
    return true;
  });
});

test("patterns of files are seen from the configuration's folder; one without a slash is for any folder", async () => {
  const text = 'ignore = ["NB9"]\n[per-file-ignores]\n"old/**" = ["NB3"]\n"*.py" = ["NB2"]\n"old/a.ipynb" = ["NB4"]\n';
  const configuration = await readConfiguration(text, "reprise.toml");
  assert.ok(configuration);
  assert.deepEqual(ignoredIn(configuration, "old/a.ipynb"), ["NB9", "NB3", "NB4"]);
  assert.deepEqual(ignoredIn(configuration, "new/a.py"), ["NB9", "NB2"]);
  assert.deepEqual(ignoredIn(configuration, "a.ipynb"), ["NB9"]);
});
