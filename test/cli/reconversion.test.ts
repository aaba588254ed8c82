import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { notebookText } from "../support/notebooks.ts";

const clean = "df = df.dropna()\ndf['ratio'] = df['a'] / df['b']";
const fit =
  "from sklearn.linear_model import LogisticRegression\nmodel = LogisticRegression(max_iter=500)\nmodel.fit(df[['a', 'ratio']], df['y'])";
const heading = (source: string) => ({ kind: "markdown" as const, source });
const cells = [
  heading("# Load"),
  "import pandas as pd\ndf = pd.read_csv('data.csv')",
  "df['a'] = df['a'].astype(float)",
  heading("# Features"),
  clean,
  "df['big'] = df['a'] > df['a'].mean()",
  heading("# Train"),
  fit,
  "predicted = model.predict(df[['a', 'ratio']])",
  heading("# Evaluate"),
  "accuracy = model.score(df[['a', 'ratio']], df['y'])\nprint(accuracy)",
  "from sklearn.metrics import f1_score\nf1 = f1_score(df['y'], predicted)\nprint(f1)",
];

interface Reconverted {
  readonly outcome: string;
  readonly error?: { readonly id: string; readonly mend: string; readonly place?: { readonly line?: number } };
  readonly reconversion: {
    readonly files: readonly {
      readonly path: string;
      readonly from?: string;
      readonly status: string;
      readonly diff?: readonly unknown[];
    }[];
    readonly conflicts: readonly { readonly path: string; readonly line: number }[];
    readonly undefined: readonly { readonly path: string; readonly line: number; readonly name: string }[];
  };
}

const convert = ["convert", "-o", "out", "--no-lock", "--json"];
const first = mkdtempSync(join(tmpdir(), "reprise-test-"));

before(async () => {
  writeFileSync(join(first, "study.ipynb"), notebookText(cells));
  const { code, stdout } = await reprise([...convert, "study.ipynb"], { directory: first });
  assert.equal(code, 0, stdout);
});
after(() => rmSync(first, { recursive: true, force: true }));

/** A folder with a notebook and its project, and how to convert again. */
function workplace(context: TestContext) {
  const folder = temporaryFolder(context);
  cpSync(first, folder, { recursive: true });
  const out = join(folder, "out");
  const write = (given: Parameters<typeof notebookText>[0]) =>
    writeFileSync(join(folder, "study.ipynb"), notebookText(given));
  const call = async (...more: string[]) => {
    const notebook = more[0]?.endsWith(".ipynb") ? [] : ["study.ipynb"];
    const finished = await reprise([...convert, ...notebook, ...more], { directory: folder });
    return { code: finished.code, answer: answerOf(finished) as unknown as Reconverted };
  };
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(out, path), change(readFileSync(join(out, path), "utf8")));
  return { folder, out, write, call, edit, read: (path: string) => readFileSync(join(out, path), "utf8") };
}

const other = cells.map((cell) => (cell === fit ? `${fit}\ncoefficients = model.coef_` : cell));

function statusOf({ reconversion }: Reconverted, path: string): string | undefined {
  return reconversion.files.find((file) => file.path === path)?.status;
}

test("a notebook that changed is merged with what was edited by hand, and files that were added stay", async (context) => {
  const { write, call, edit, read, out } = workplace(context);
  edit("src/study/train.py", (text) => text.replace(/""".*of study.ipynb."""/, '"""Fits the model."""'));
  edit("params.yaml", (text) => text.replace("500", "900"));
  writeFileSync(join(out, "src", "study", "mine.py"), "x = 1\n");
  write(["import os\nprint(os.name)", ...other]);
  const dry = await call("--dry-run");
  assert.equal(dry.code, 0);
  assert.doesNotMatch(read("src/study/train.py"), /coefficients/);
  assert.ok(dry.answer.reconversion.files.find(({ path }) => path === "src/study/train.py")?.diff?.length);

  const { code, answer } = await call();
  assert.equal(code, 0, JSON.stringify(answer));
  assert.equal(statusOf(answer, "src/study/train.py"), "merged");
  assert.match(read("src/study/train.py"), /"""Fits the model."""[\s\S]*coefficients = model.coef_/);
  assert.match(read("params.yaml"), /max_iter: 900/);
  assert.equal(read("src/study/mine.py"), "x = 1\n");

  const again = await call();
  assert.deepEqual(
    again.answer.reconversion.files.filter(({ status }) => !["unchanged", "kept"].includes(status)),
    [],
  );
});

test("a conflict is marked, listed, and refused until it is settled", async (context) => {
  const { write, call, edit, read } = workplace(context);
  edit("src/study/features.py", (text) => text.replace("df.dropna()", "df.fillna(0)"));
  write(cells.map((cell) => (cell === clean ? clean.replace("df.dropna()", "df.dropna(how='all')") : cell)));
  const marked = await call();
  assert.equal(marked.code, 1);
  assert.equal(marked.answer.outcome, "converted-with-conflicts");
  const [conflict] = marked.answer.reconversion.conflicts;
  const lines = read("src/study/features.py").split("\n");
  assert.equal(conflict?.path, "src/study/features.py");
  assert.equal(lines[(conflict?.line ?? 0) - 1], "<<<<<<< edited by hand");

  const refused = await call();
  assert.equal(refused.code, 2);
  assert.equal(refused.answer.error?.id, "RP165");
  assert.equal(refused.answer.error?.place?.line, conflict?.line);

  edit("src/study/features.py", (text) => text.replace(/<<<<<<< .*\n([\s\S]*?)\|{7}[\s\S]*?>>>>>>> .*\n/, "$1"));
  const settled = await call();
  assert.equal(settled.code, 0);
  assert.match(read("src/study/features.py"), /fillna/);
});

test("a stage that is gone goes with its file, unless that was edited", async (context) => {
  const { write, call, edit, out } = workplace(context);
  edit("src/study/evaluate.py", (text) => `${text}# mine\n`);
  write(cells.slice(0, 6));
  const { answer } = await call();
  assert.equal(statusOf(answer, "src/study/train.py"), "removed");
  assert.equal(existsSync(join(out, "src/study/train.py")), false);
  assert.equal(statusOf(answer, "src/study/evaluate.py"), "left");
  assert.equal(existsSync(join(out, "src/study/evaluate.py")), true);
});

test("targets and the package's name are asked for once", async (context) => {
  const { call, out } = workplace(context);
  await call("--target", "dvc");
  assert.ok(existsSync(join(out, "dvc.yaml")));
  const { answer } = await call();
  assert.equal(statusOf(answer, "dvc.yaml"), "unchanged");
});

test("with force, hand edits give way, and files that were added stay", async (context) => {
  const { call, edit, read, out } = workplace(context);
  const generated = read("src/study/train.py");
  edit("src/study/train.py", () => "broken(");
  writeFileSync(join(out, "mine.txt"), "mine");
  rmSync(join(out, ".conversion"), { recursive: true });
  assert.equal((await call()).answer.error?.id, "RP164");
  assert.equal((await call("--force")).code, 0);
  assert.equal(read("src/study/train.py"), generated);
  assert.equal(read("mine.txt"), "mine");
});

test("a file that cannot be merged is refused, and the project stays as it is", async (context) => {
  const { write, call, out } = workplace(context);
  writeFileSync(join(out, "src/study/train.py"), Buffer.from([0xff, 0xfe, 0x41]));
  write(other);
  const record = readFileSync(join(out, "reprise.json"), "utf8");
  const { code, answer } = await call();
  assert.equal(code, 2);
  assert.equal(answer.error?.id, "RP166", JSON.stringify(answer));
  assert.equal(readFileSync(join(out, "reprise.json"), "utf8"), record);
  assert.deepEqual(readFileSync(join(out, "src/study/train.py")), Buffer.from([0xff, 0xfe, 0x41]));
});

test("a file that was deleted is written again only where the notebook changed it", async (context) => {
  const { write, call, out } = workplace(context);
  rmSync(join(out, "Dockerfile"));
  rmSync(join(out, "src/study/train.py"));
  write(other);
  const { answer } = await call();
  assert.equal(statusOf(answer, "Dockerfile"), "deleted");
  assert.equal(statusOf(answer, "src/study/train.py"), "restored");
  assert.equal(existsSync(join(out, "Dockerfile")), false);
});

test("the project of another notebook is left alone, that of a renamed one is not", async (context) => {
  const { folder, call } = workplace(context);
  writeFileSync(join(folder, "other.ipynb"), notebookText(["x = 1", "y = x + 1", "print(y)"]));
  const refused = await call("other.ipynb");
  assert.equal(refused.answer.error?.id, "RP162");
  cpSync(join(folder, "study.ipynb"), join(folder, "renamed.ipynb"));
  const { code, answer } = await call("renamed.ipynb");
  assert.equal(code, 0, JSON.stringify(answer));
  assert.equal(statusOf(answer, "src/study/artifacts.py"), "unchanged");
});

test("a plan that was edited in the project is followed; one that cannot be is refused with the nearest", async (context) => {
  const { call, edit, read, folder, out } = workplace(context);
  edit("reprise.json", (text) => text.replaceAll('"evaluate"', '"judge"'));
  edit("src/study/evaluate.py", (text) => text.replace("    print(f1)", "    print(f1)  # mine"));
  const { code, answer } = await call("study.ipynb");
  assert.equal(code, 0, JSON.stringify(answer));
  // A stage that is called otherwise takes its edits along.
  const judge = answer.reconversion.files.find(({ path }) => path === "src/study/judge.py");
  assert.equal(judge?.from, "src/study/evaluate.py");
  assert.equal(existsSync(join(out, "src/study/evaluate.py")), false);
  assert.match(read("src/study/judge.py"), /def judge\([\s\S]*# mine/);

  const plan = JSON.parse(read("reprise.json")).plan;
  plan.stages[1].statements.push(plan.stages[0].statements[0]);
  writeFileSync(join(folder, "mine.json"), JSON.stringify(plan, null, 2));
  const refused = await call("study.ipynb", "--plan", "mine.json", "--plan-out", "nearest.json");
  assert.equal(refused.answer.error?.id, "RP122");
  assert.ok((refused.answer.error?.place?.line ?? 0) > 1);
  assert.match(refused.answer.error?.mend ?? "", /nearest\.json/);
  const taken = await call("study.ipynb", "--plan", "nearest.json", "--dry-run");
  assert.equal(taken.code, 0, JSON.stringify(taken.answer));
});

test("names that a merge leaves undefined are told with file and line", async (context) => {
  const { call, edit } = workplace(context);
  edit("src/study/train.py", (text) => text.replace("def train(", "def fit("));
  const { code, answer } = await call("--dry-run");
  assert.equal(code, 0);
  const found = answer.reconversion.undefined.map(({ path, name }) => `${path} ${name}`);
  assert.ok(found.includes("src/study/__main__.py train"), found.join());
});
