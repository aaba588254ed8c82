import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../../core/src/host/assets.ts";
import { treeOfDraft } from "../../../../core/src/project/imports/draft-tree.ts";
import { moduleNames } from "../../../../core/src/project/imports/module-names.ts";
import { NotebookSource } from "../../../../core/src/project/notebook-source.ts";
import { originMark, originMarkEnd } from "../../../../core/src/project/origin-marks.ts";
import type { Module } from "../../../../core/src/python/ast.ts";
import { createPythonParser } from "../../../../core/src/python/parser.ts";
import { analysePercentNotebook } from "../../../support/percent-notebook.ts";
import { fixtureProject, formatter } from "../fixtures.ts";

const parser = await createPythonParser(loadGrammar());

/** A tree as text, without where its nodes stand. */
function shape({ body }: Module): string {
  return JSON.stringify(body, (key, value) => (key === "start" || key === "end" ? undefined : value));
}

async function sourceOf(...cells: readonly string[]): Promise<NotebookSource> {
  const text = cells.map((cell) => `# %%\n${cell}\n`).join("\n");
  const { document } = await analysePercentNotebook(text, "own.ipynb");
  return new NotebookSource(document, document, "own.ipynb");
}

/** A function whose statements came from these of the notebook. */
function draftOf(...statements: readonly (readonly [id: `${number}.${number}`, code: string])[]): string {
  const lines = statements.flatMap(([id, code]) => [originMark(id), ...code.split("\n"), originMarkEnd]);
  return `def train(frame):\n${lines.map((line) => `    ${line}\n`).join("")}    return frame\n`;
}

for (const name of ["churn", "diabetes"]) {
  test(`the drafts of ${name} have the trees that they would be parsed to, though not all of their statements are parsed`, async () => {
    let given = 0;
    let parsed = 0;
    const counting = {
      parse(text: string) {
        parsed += text.length;
        return parser.parse(text);
      },
    };
    await fixtureProject(name, {
      async format(draft, settings, source) {
        assert.equal(shape(treeOfDraft(draft, counting, source)), shape(parser.parse(draft)), draft);
        given += draft.length;
        return formatter.format(draft, settings);
      },
    });
    assert.ok(parsed < given, `${parsed} characters of ${given} were parsed`);
  });
}

test("a statement that was edited is parsed, as is one of a cell that is no Python, and one that stands there twice", async () => {
  const source = await sourceOf("a = 1\nb = 2", "c = 3\nd = = 4", "if a:\n    b = 5  # five");
  const texts: string[] = [];
  const noting = {
    parse(text: string) {
      texts.push(text);
      return parser.parse(text);
    },
  };
  const draft = draftOf(
    ["0.0", "a = 1"],
    ["0.1", "b = 7"],
    ["1.0", "c = 3"],
    ["2.0", "if a:\n    b = 5  # five"],
    ["0.0", "a = 1"],
  );
  assert.equal(shape(treeOfDraft(draft, noting, source)), shape(parser.parse(draft)));
  const unknown = draftOf(["0.1", "b = 7"], ["1.0", "c = 3"], ["2.0", "pass"], ["0.0", "a = 1"]);
  const known = `    ${originMark("2.0")}\n    pass\n    ${originMarkEnd}\n`;
  assert.deepEqual(texts, [unknown.replace(known, "    pass\n").replace(":\n", ":\n    pass\n")]);
});

test("a statement in a block is parsed with the whole draft", async () => {
  const source = await sourceOf("a = 1");
  const draft = `if True:\n    ${originMark("0.0")}\n    a = 1\n    ${originMarkEnd}\n`;
  assert.equal(shape(treeOfDraft(draft, parser, source)), shape(parser.parse(draft)));
});

test("what is read too early is so by the draft's order, not by the notebook's", async () => {
  const source = await sourceOf("a = 1", "print(a)");
  const namesOf = (draft: string) => moduleNames(treeOfDraft(draft, parser, source)).areDoubtful;
  assert.equal(namesOf(draftOf(["0.0", "a = 1"], ["1.0", "print(a)"])), false);
  assert.equal(namesOf(draftOf(["1.0", "print(a)"], ["0.0", "a = 1"])), true);
});
