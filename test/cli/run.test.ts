/** The contract of `run`: papermill's options, what is printed, what is written, what is recorded. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import type { FinishedProcess } from "../../core/src/host/child-process.ts";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { type NewCell, writeNotebookFile } from "../support/notebooks.ts";
import { requirePython } from "../support/python.ts";

interface RunAnswer {
  readonly outcome: string;
  readonly run: string;
  readonly output?: string;
  readonly record?: string;
  readonly cells: readonly { readonly cell: number; readonly status: string }[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly failure?: { readonly name: string };
}

interface Place {
  readonly folder: string;
  readonly python: string;
  run(...args: readonly string[]): Promise<FinishedProcess>;
}

/** A folder with `a.ipynb`, and `reprise run` in it with the kernel of the tests. */
async function place(context: TestContext, cells: readonly (string | NewCell)[]): Promise<Place | undefined> {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return undefined;
  const folder = temporaryFolder(context);
  writeNotebookFile(join(folder, "a.ipynb"), cells);
  return {
    folder,
    python,
    run: (...args) =>
      reprise(["run", "--environment", dirname(dirname(python)), ...args], {
        directory: folder,
        environment: { REPRISE_HOME: join(folder, ".reprise") },
      }),
  };
}

const told = (finished: FinishedProcess) => finished.stdout.slice(0, 3000) + finished.stderr.slice(0, 3000);
const answer = (finished: FinishedProcess) => answerOf(finished) as unknown as RunAnswer;

/** The text that a written notebook's cells printed. */
function printed(notebook: string): string {
  const { cells } = JSON.parse(notebook) as { cells: { outputs?: { text?: string | string[] }[] }[] };
  return cells.flatMap(({ outputs = [] }) => outputs.flatMap(({ text = "" }) => text)).join("");
}

const parameters: NewCell = {
  source: "alpha: float = 0.5\ntrees = 10\nname = 'a'\nflags = [1]\ndeep = True",
  tags: ["parameters"],
};
const show = "print(repr((alpha, trees, name, flags, deep)))";

describe("a run", { concurrency: 2 }, () => {
  test("parameters come from base64, files, YAML, text and raw text, the stronger ones last", async (context) => {
    const here = await place(context, [parameters, show]);
    if (here === undefined) return;
    writeFileSync(join(here.folder, "p.yaml"), "trees: 7\nflags: [3, 4]\n");
    const base64 = Buffer.from("{trees: 1, deep: false, name: x}").toString("base64");
    const given = ["-b", base64, "-y", "{trees: 2}", "-f", "p.yaml", "-p", "alpha", "1", "-r", "name", "12"];
    const finished = await here.run("a.ipynb", "out.ipynb", ...given, "--json");
    assert.equal(finished.code, 0, told(finished));
    const { outcome, output, record = "", parameters: used } = answer(finished);
    assert.deepEqual([outcome, output], ["succeeded", "out.ipynb"]);
    assert.deepEqual(used, { alpha: 1, trees: 2, name: "12", flags: [3, 4], deep: false });
    const written = readFileSync(join(here.folder, "out.ipynb"), "utf8");
    assert.equal(printed(written), "(1.0, 2, '12', [3, 4], False)\n");
    assert.match(written, /injected-parameters/);
    assert.equal(JSON.parse(readFileSync(join(here.folder, record), "utf8")).status, "succeeded");
    assert.deepEqual(readdirSync(here.folder).sort(), [".reprise", "a.ipynb", "out.ipynb", "p.yaml"]);
  });

  test("papermill's long names are understood, with hyphens or underscores", async (context) => {
    const here = await place(context, [parameters, show]);
    if (here === undefined) return;
    const given = ["--parameters", "trees", "3", "--parameters_raw", "name", "5", "--parameters_yaml", "deep: false"];
    const finished = await here.run("a.ipynb", "out.ipynb", ...given, "--prepare-only", "--json");
    assert.equal(finished.code, 0, told(finished));
    assert.deepEqual(answer(finished).parameters, { trees: 3, name: "5", deep: false });
  });

  test("--prepare-only writes the notebook with its parameters, and executes nothing", async (context) => {
    const here = await place(context, [parameters, "open('touched', 'w')"]);
    if (here === undefined) return;
    const finished = await here.run("a.ipynb", "sub/out.ipynb", "-p", "trees", "3", "--prepare-only");
    assert.equal(finished.code, 0, told(finished));
    assert.match(readFileSync(join(here.folder, "sub", "out.ipynb"), "utf8"), /trees = 3/);
    assert.equal(existsSync(join(here.folder, "touched")), false);
    // The interpreter of an environment names it as well as its folder does.
    const named = await here.run("a.ipynb", "--environment", here.python, "--prepare-only", "--json");
    assert.equal(named.code, 0, told(named));
  });

  test("with - as output, standard output is the executed notebook and nothing else", async (context) => {
    const parts = "for at in range(3):\n    print(at, end='\\r' if at else '.', flush=True)";
    const here = await place(context, ["print('hello\\n\\n  there')", parts, "1"]);
    if (here === undefined) return;
    const finished = await here.run("a.ipynb", "-", "--log-output", "--no-save");
    assert.equal(finished.code, 0, told(finished));
    assert.match(printed(finished.stdout), /^hello\n\n {2}there\n/);
    const shown = "hello\n\n  there\nRunning cell 1\n0.1\r2\r\nRunning cell 2\n";
    assert.ok(finished.stderr.includes(shown), JSON.stringify(finished.stderr));
    assert.deepEqual(readdirSync(here.folder), ["a.ipynb"], "--no-save keeps nothing");
  });

  test("with - as output and --json, standard output is the one JSON object", async (context) => {
    const here = await place(context, ["print('hello')"]);
    if (here === undefined) return;
    const finished = await here.run("a.ipynb", "-", "--json");
    assert.equal(finished.code, 0, told(finished));
    assert.partialDeepStrictEqual(answerOf(finished), { schema: "reprise.run/1", outcome: "succeeded" });
  });

  test("a notebook that raises ends with 1, keeps its output, and names the cell", async (context) => {
    const here = await place(context, ["print('before')", "1 / 0", "print('after')"]);
    if (here === undefined) return;
    const finished = await here.run("a.ipynb", "out.ipynb", "--json");
    assert.equal(finished.code, 1, told(finished));
    const { outcome, cells, failure } = answer(finished);
    assert.deepEqual([outcome, failure?.name], ["failed", "ZeroDivisionError"]);
    assert.deepEqual(
      cells.map(({ status }) => status),
      ["ok", "error", "not-reached"],
    );
    assert.match(printed(readFileSync(join(here.folder, "out.ipynb"), "utf8")), /before/);
  });

  test("--allow-errors goes on after the cell", async (context) => {
    const here = await place(context, ["1 / 0", "print('after')"]);
    if (here === undefined) return;
    const finished = await here.run("a.ipynb", "out.ipynb", "--allow-errors", "--json");
    assert.deepEqual(
      answer(finished).cells.map(({ status }) => status),
      ["error", "ok"],
      told(finished),
    );
    assert.equal(printed(readFileSync(join(here.folder, "out.ipynb"), "utf8")), "after\n");
  });

  test("a cell that is too slow is interrupted, and the run goes on where that is asked for", async (context) => {
    const here = await place(context, ["import time\ntime.sleep(600)", "print('after')"]);
    if (here === undefined) return;
    const limit = ["--execution-timeout", "1", "--json"];
    const [failing, going] = await Promise.all([
      here.run("a.ipynb", "failed.ipynb", ...limit),
      here.run("a.ipynb", "went.ipynb", ...limit, "--on-timeout", "interrupt"),
    ]);
    assert.equal(failing.code, 1, told(failing));
    assert.deepEqual(
      answer(failing).cells.map(({ status }) => status),
      ["error", "not-reached"],
    );
    assert.equal(answer(going).cells[1]?.status, "ok", told(going));
    assert.match(printed(readFileSync(join(here.folder, "went.ipynb"), "utf8")), /after/);
  });

  test("relative paths start from the notebook's folder, or from --cwd", async (context) => {
    const here = await place(context, ["print(open('data.txt').read())"]);
    if (here === undefined) return;
    mkdirSync(join(here.folder, "elsewhere"));
    writeFileSync(join(here.folder, "elsewhere", "data.txt"), "from elsewhere");
    const finished = await here.run("a.ipynb", "-", "--no-save", "--cwd", "elsewhere");
    assert.equal(finished.code, 0, told(finished));
    assert.equal(printed(finished.stdout), "from elsewhere\n");
  });

  test("variables, names and tags reach the kernel and the record; runs are listed, shown and compared", async (context) => {
    const here = await place(context, [parameters, "import os\nprint(os.environ['TOKEN'])"]);
    if (here === undefined) return;
    const [first, second] = await Promise.all([
      here.run("a.ipynb", "-", "--env", "TOKEN=secret1", "-p", "trees", "3"),
      here.run(
        "a.ipynb",
        "--env",
        "TOKEN=x",
        "-p",
        "trees",
        "4",
        "--name",
        "four",
        "--tag",
        "team=a",
        "--experiment",
        "e",
      ),
    ]);
    assert.equal(printed(first.stdout), "secret1\n", told(first));
    assert.equal(second.code, 0, told(second));

    const runs = (...args: readonly string[]) =>
      reprise(["runs", ...args, "--json"], {
        directory: here.folder,
        environment: { REPRISE_HOME: join(here.folder, ".reprise") },
      });
    const listed = answerOf(await runs("list")) as { runs: { id: string; name: string; experiment: string }[] };
    assert.deepEqual(listed.runs.map(({ name }) => name).sort(), ["a", "four"]);
    const four = listed.runs.find(({ name }) => name === "four");
    const other = listed.runs.find(({ name }) => name === "a");
    assert.ok(four && other);
    assert.deepEqual(
      (answerOf(await runs("list", "--experiment", "e")) as typeof listed).runs.map(({ id }) => id),
      [four.id],
    );
    const shown = answerOf(await runs("show", four.id.slice(0, 10)));
    assert.partialDeepStrictEqual(shown, {
      outcome: "ok",
      record: { id: four.id, tags: { team: "a" }, parameters: { trees: 4 } },
    });
    const compared = answerOf(await runs("compare", other.id, four.id));
    assert.partialDeepStrictEqual(compared, {
      outcome: "different",
      parameters: [{ name: "trees", values: [3, 4], differs: true }],
    });
  });
});
