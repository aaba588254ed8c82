import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";
import { formatter, templates } from "./fixtures.ts";

/** The modules of the project of a notebook of such cells. */
async function modulesOf(...cells: readonly string[]): Promise<string> {
  const analysis = await analysePercentNotebook(cells.map((cell) => `# %%\n${cell}\n`).join(""), "shop.ipynb");
  const planned = planPipeline(analysis);
  assert.ok(planned.outcome === "planned", JSON.stringify(planned));
  const { files } = await generateProject({ plan: planned.plan, analysis, templates, formatter });
  const modules = [...files].filter(([path]) => /^src\/(?!.*\/displays\.py)/.test(path));
  return modules.map(([, { text }]) => text).join("\n");
}

const last = "open('a').read()\nprint(1)";

test("what a shell line names that is none of the notebook's names is the shell's own variable", async () => {
  assert.match(
    await modulesOf("!mkdir -p $HOME/data", last),
    /subprocess\.run\("mkdir -p \$HOME\/data"|'mkdir -p \$HOME\/data'/,
  );
  assert.match(await modulesOf("place = open('p').read()", "!mkdir -p $place", last), /f['"]mkdir -p \{place\}/);
});

test("%cd goes where it goes in IPython: home without a folder, and below ~", async () => {
  assert.match(await modulesOf("%cd", last), /os\.chdir\(os\.path\.expanduser\(['"]~['"]\)\)/);
  assert.match(await modulesOf("%cd ~/data", last), /os\.chdir\(os\.path\.expanduser\(['"]~\/data['"]\)\)/);
  assert.match(await modulesOf("%cd data", last), /os\.chdir\(['"]data['"]\)/);
  assert.match(await modulesOf("%cd -q data", last), /os\.chdir\(['"]data['"]\)/);
});

test("settings of the editor and choices of Colab are left out, also below a try", async () => {
  const made = await modulesOf("%autosave 60", "try:\n    %tensorflow_version 2.x\nexcept Exception:\n    pass", last);
  assert.doesNotMatch(made, /autosave|tensorflow_version/);
});

test("global at the top level is no declaration, also in a block below what it names", async () => {
  const made = await modulesOf(
    "results = len(open('a').read())\nfor x in range(3):\n    global results\n    results = results + x",
    last,
  );
  assert.doesNotMatch(made, /nonlocal|global results/);
});

test("a name with an annotation is none where its stage keeps its names in the module", async () => {
  const made = await modulesOf(
    "code = open('a').read()\nexec(code)",
    "seen: int = len(code)\nlater: str\nprint(seen)",
    last,
  );
  assert.match(made, /global seen/);
  assert.match(made, /seen = len\(code\)/);
  assert.doesNotMatch(made, /seen: int|later: str/);
});

test("a call of IPython's shell becomes what its magic becomes, and is refused where its text is not known", async () => {
  const calls = `get_ipython().magic("matplotlib inline")\nget_ipython().magic("time n = len(open('a').read())")`;
  const made = await modulesOf(calls, "get_ipython().system('mkdir -p out')\nprint(n)", last);
  assert.doesNotMatch(made, /get_ipython/);
  assert.match(made, /n = len\(open\(/);
  assert.match(made, /subprocess\.run\("mkdir -p out"/);
  await assert.rejects(
    modulesOf("folder = open('p').read()", "get_ipython().system('ls ' + folder)", last),
    /RP126|shell/,
  );
});

test("magics that are names for programs run these, and a command whose lines are kept gives them", async () => {
  assert.match(await modulesOf("%mkdir -p out", last), /subprocess\.run\("mkdir -p out", shell=True/);
  assert.match(
    await modulesOf("names = %sx ls", "print(names)", last),
    /names = subprocess\.run\(\s*"ls".*\.splitlines\(\)/s,
  );
  assert.doesNotMatch(await modulesOf("%ls", "%cat a", last), /subprocess/);
});

test("lines of a command are IPython's list only where more is asked of them than of a list", async () => {
  assert.doesNotMatch(await modulesOf("files = !ls", "print(files[0])", last), /SList/);
  const made = await modulesOf("files = !ls", "print(files.grep('a').s)", last);
  assert.match(made, /from IPython\.utils\.text import SList/);
  assert.match(made, /files = SList\(/);
});

test("what a call takes out of something is shown, what it gives back changed is not", async () => {
  const made = await modulesOf(
    "words = open('a').read().split()\nrest = iter(words)",
    "words.pop()",
    "next(rest)",
    "words.sort()",
    last,
  );
  assert.match(made, /show\(words\.pop\(\)/);
  assert.match(made, /show\(next\(rest\)/);
  assert.doesNotMatch(made, /show\(words\.sort/);
});

test("a cell of an interpreter runs it", async () => {
  assert.match(await modulesOf("%%perl\nprint 3;", last), /subprocess\.run\(\["perl"\], input="print 3;/);
  assert.match(await modulesOf("%%script perl -w\nprint 3;", last), /subprocess\.run\(\["perl", "-w"\]/);
});
