/** Every command takes a notebook that is plain text as it takes an .ipynb. */
import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { answerOf, repository, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { requirePython } from "../support/python.ts";

const percent = `# %% tags=["parameters"]
n = 2

# %% [markdown]
# # Result

# %%
# %matplotlib --list
print("n is", n * 7)
`;

const marimo = `import marimo

app = marimo.App()


@app.cell
def _(total):
    print("total", total)
    return


@app.cell
def _():
    total = sum(range(5))
    return (total,)
`;

test("scripts of jupytext and marimo are run, and an .ipynb is written", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "percent.py"), percent.replace("# %matplotlib --list\n", "# %time m = n\n"));
  writeFileSync(join(folder, "marimo.py"), marimo);
  const run = async (...args: string[]) =>
    answerOf(
      await reprise(["run", ...args, "--environment", dirname(dirname(python)), "--json"], { directory: folder }),
    );
  const [one, other] = await Promise.all([
    run("percent.py", "percent.ipynb", "-p", "n", "6"),
    run("marimo.py", "marimo.ipynb"),
  ]);
  assert.equal(one.outcome, "succeeded", JSON.stringify(one));
  assert.equal(other.outcome, "succeeded", JSON.stringify(other));
  assert.match(readFileSync(join(folder, "percent.ipynb"), "utf8"), /n is 42/);
  assert.match(readFileSync(join(folder, "marimo.ipynb"), "utf8"), /total 10/);
});

test("a text notebook is analysed, drawn and converted as its .ipynb would be", async (context) => {
  const folder = temporaryFolder(context);
  const fixtures = join(repository, "test", "core", "text-notebook", "fixtures");
  copyFileSync(join(fixtures, "marimo", "order.py"), join(folder, "order.py"));
  const graph = answerOf(await reprise(["graph", "order.py", "--json"], { directory: folder }));
  assert.equal((graph.nodes as object[]).length, 4);
  const args = ["convert", "order.py", "-o", "project", "--no-lock", "--json"];
  const converted = answerOf(await reprise(args, { directory: folder }));
  assert.match(String(converted.outcome), /^converted/);
  const source = readFileSync(join(folder, "project", "README.md"), "utf8");
  assert.match(source, /order\.py/);
});

test("nothing that is no .ipynb is written over, or beside, a text notebook", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "a.py"), percent);
  const answer = answerOf(await reprise(["run", "a.py", "out.py", "--json"], { directory: folder }));
  assert.equal((answer.error as { id: string }).id, "RP141");
  assert.ok(!existsSync(join(folder, "out.py")));
});
