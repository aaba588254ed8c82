import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import type { LineOrigin } from "../../../core/src/project/project.ts";
import type { Verification } from "../../../core/src/verify/verdict.ts";
import { verifyProject } from "../../../core/src/verify/verify-project.ts";
import type { VerifyRequest } from "../../../core/src/verify/verify-request.ts";
import { requirePython } from "../../support/python.ts";
import { requireDisk } from "../../support/small-disk.ts";
import { dataflowOf, wineFolder, wineRequest } from "./wine.ts";

const small = join(import.meta.dirname, "fixtures", "small");

/** Verifies the small project against its notebook, with other cells and another stage module where given. */
async function verifySmall(
  context: TestContext,
  changes: {
    cells?: Readonly<Record<number, string>>;
    module?: string;
    runs?: number;
    limits?: Pick<VerifyRequest, "cellTimeoutSeconds" | "stageTimeoutSeconds">;
    /** Where the proof works, instead of a folder of its own. */
    work?: string;
    /** Lines of the module, and the lines of cells that they came from. */
    origins?: readonly LineOrigin[];
  },
): Promise<Verification | undefined> {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "reprise-verify-"));
  await using request = await wineRequest(python, join(folder, "project"), changes.work ?? join(folder, "work"));
  try {
    await cp(small, folder, { recursive: true });
    const path = join(folder, "small.ipynb");
    const content = JSON.parse(readFileSync(path, "utf8"));
    for (const [at, source] of Object.entries(changes.cells ?? {})) content.cells[at].source = source;
    writeFileSync(path, JSON.stringify(content));
    const module = join(folder, "project", "src", "small", "make.py");
    if (changes.module !== undefined) writeFileSync(module, changes.module);
    if (changes.origins) {
      const manifest = join(folder, "project", "reprise.json");
      writeFileSync(manifest, JSON.stringify({ origins: { "src/small/make.py": changes.origins } }));
    }
    const notebook = readNotebook(readFileSync(path, "utf8"), path);
    const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as PipelinePlan;
    const dataflow = await dataflowOf(notebook);
    return await verifyProject({ ...request, notebook, plan, dataflow, runs: changes.runs ?? 2, ...changes.limits });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a stage that ends and another that begins inside one cell are told apart", async (context) => {
  const verification = await verifySmall(context, {});
  if (verification === undefined) return;
  assert.equal(verification.outcome, "identical", JSON.stringify(verification, null, 1));
  // The cell binds `total` in the first stage and doubles it in the second.
  const totals = verification.values.filter(({ name }) => name === "total").map(({ stage, cell }) => [stage, cell]);
  assert.deepEqual(totals, [
    ["make", 2],
    ["use", 2],
  ]);
});

test("the project reads and writes in its own copy of the notebook's folder", async (context) => {
  const made = readFileSync(join(small, "project", "src", "small", "make.py"), "utf8");
  const module = made.replace(
    "    items = ",
    '    assert os.path.samefile(os.environ["SMALL_DATA_DIR"], os.getcwd())\n    assert not os.path.exists("project")\n    items = ',
  );
  const verification = await verifySmall(context, { module: `import os\n${module}`, runs: 1 });
  assert.equal(verification?.outcome ?? "identical", "identical", JSON.stringify(verification, null, 1));
});

test("a cell magic around the statements of two stages changes nothing of that", async (context) => {
  const body =
    "total = 0\nfor item in items:\n    total += item\nprint('total', total); total = total * 2\nprint('doubled', total)";
  const verification = await verifySmall(context, { cells: { 2: `%%time\n${body}` } });
  if (verification === undefined) return;
  assert.equal(verification.outcome, "identical", JSON.stringify(verification, null, 1));
  assert.deepEqual(
    verification.values.filter(({ name }) => name === "total").map(({ verdict }) => verdict),
    ["identical", "identical"],
  );
  // `%%time` prints other times in each run; they are no part of what is compared.
  assert.deepEqual(verification.nondeterministic, []);
});

/** The same lines more in the notebook's first cell and in the project's first stage. */
function withLines(...lines: readonly string[]): { cells: Record<number, string>; module: string } {
  const module = readFileSync(join(small, "project", "src", "small", "make.py"), "utf8");
  const first = "items = [3, 1, 2]";
  return {
    cells: { 1: [first, ...lines, "print('items', len(items))"].join("\n") },
    module: module.replace(first, [first, ...lines].join("\n    ")),
  };
}

test("what two runs of the notebook do not agree on is neither a match nor a difference", async (context) => {
  const verification = await verifySmall(
    context,
    withLines("stamp = {'id': __import__('os').urandom(8), 'n': 3}", "entropy = __import__('os').urandom(8)"),
  );
  if (verification === undefined) return;
  assert.equal(verification.outcome, "identical");
  assert.deepEqual(
    verification.nondeterministic.map(({ name, cell }) => [name, cell]),
    [
      ["stamp['id']", 1],
      ["entropy", 1],
    ],
  );
  const stamp = verification.values.find(({ name }) => name === "stamp");
  assert.equal(stamp?.verdict, "identical");
  assert.match(stamp?.detail ?? "", /apart from \['id'\]/);
  assert.equal(
    verification.values.find(({ name }) => name === "entropy"),
    undefined,
  );
  assert.match(verification.reason ?? "", /2 places could not be compared/);
});

test("a notebook that does not run is not comparable: where it stops, and what came before against the saved outputs", async (context) => {
  const verification = await verifySmall(context, { cells: { 2: "print('now')\nmissing_name" } });
  if (verification === undefined) return;
  assert.equal(verification.outcome, "not-comparable");
  assert.match(
    verification.reason ?? "",
    /does not run: line 2 of cell 2 \(missing_name\) stops with NameError: name 'missing_name' is not defined\. Of/,
  );
  assert.match(
    verification.reason ?? "",
    /Of its outputs 1 as saved, 1 different, 1 not in the file\. The project was not run\./,
  );
  assert.deepEqual(
    verification.outputs.map(({ cell, kind, verdict }) => [cell, kind, verdict]),
    [
      [1, "stream", "identical"],
      [2, "stream", "different"],
      [2, "error", "new"],
    ],
  );
});

test("a stage that crashes is named with its error and where in its code it happened", async (context) => {
  const verification = await verifySmall(context, { module: "def make():\n    return 1 / 0\n" });
  if (verification === undefined) return;
  assert.equal(verification.outcome, "failed");
  assert.match(
    verification.reason ?? "",
    /Stage make of small failed: ZeroDivisionError: division by zero, at line 2 of src\/small\/make\.py, which is line 3 of cell 2\./,
  );
  assert.match(verification.reason ?? "", /Not reached: use\./);
  assert.match(verification.reason ?? "", /small[/\\]make\.py", line 2/);
});

test("a stage whose function never runs has failed, however green its exit code", async (context) => {
  const verification = await verifySmall(context, { module: "make = lambda: (6, [3, 1, 2], None)\n" });
  if (verification === undefined) return;
  assert.equal(verification.outcome, "failed");
  assert.match(verification.reason ?? "", /never called a function make/);
});

test("a value that cannot be compared is opaque, and the answer says so", async (context) => {
  const verification = await verifySmall(context, { ...withLines("lock = __import__('threading').Lock()"), runs: 1 });
  if (verification === undefined) return;
  assert.equal(verification.values.find(({ name }) => name === "lock")?.verdict, "opaque");
  assert.match(verification.reason ?? "", /1 value could not be compared in full\. The notebook ran once only/);
});

test("files that nothing reads are compared too, by what they hold, and times in them or in their names are told", async (context) => {
  const write = (name: string, text: string) => `open(${name}, 'w').write(${text})`;
  const stamp = "str(__import__('time').time_ns())";
  const both = [
    write("'same.csv'", "'a\\n1.0\\n'"),
    write("'stamped.txt'", `'at ' + ${stamp} + '\\nloss 1'`),
    write(`'run-' + ${stamp} + '.txt'`, "'x'"),
  ];
  const lines = withLines(...both, write("'other.json'", "'[1, 2]'"), write("'lost.txt'", "'x'"));
  const module = lines.module
    .replace("[1, 2]", "[1, 3]")
    .replace("a\\n1.0\\n", "a\\n1.00\\n")
    .replace("'lost.txt'", "'more.txt'");
  const verification = await verifySmall(context, { ...lines, module });
  if (verification === undefined) return;
  assert.equal(verification.outcome, "different", JSON.stringify(verification, null, 1));
  const files = verification.outputs.filter(({ kind }) => kind === "file");
  assert.deepEqual(
    files.map(({ path, stage, cell, verdict }) => [path?.replace(/\d+/, "#"), stage, cell, verdict]).sort(),
    [
      ["lost.txt", "make", 1, "missing"],
      ["more.txt", "make", 2, "new"],
      ["other.json", "make", 1, "different"],
      ["run-#.txt", "make", 1, "identical"],
      ["same.csv", "make", 1, "equivalent"],
      ["stamped.txt", "make", 1, "identical"],
    ],
  );
  assert.match(files.find(({ path }) => path === "other.json")?.detail ?? "", /2 and 3/);
  assert.deepEqual(
    verification.nondeterministic.map(({ name, cell }) => [name, cell]),
    [["stamped.txt, line 1", 1]],
  );
});

test("a difference is traced to the statement where it begins, with both values", async (context) => {
  const made = readFileSync(join(small, "project", "src", "small", "make.py"), "utf8");
  const module = made
    .replace("    total = 0\n", "    total = 0\n    half = [total, 1]\n")
    .replace("total += item", "total += item + half[1]");
  const line = (first: number, last: number, cell: number, cellFirst: number, cellLast = cellFirst) => ({
    ...{ first, last, cell, cellFirst, cellLast },
  });
  const verification = await verifySmall(context, {
    module: module.replace("return total", "half = total\n    return total"),
    cells: {
      2: "total = 0\nhalf = [total, 1]\nfor item in items:\n    total += item\nprint('total', total); half = total; total = total * 2\nprint('doubled', total)",
    },
    origins: [line(6, 6, 1, 1), line(9, 9, 2, 1), line(10, 10, 2, 2), line(11, 12, 2, 3, 4)],
    runs: 1,
  });
  if (verification === undefined) return;
  assert.equal(verification.outcome, "different", JSON.stringify(verification, null, 1));
  assert.deepEqual(verification.origin?.statement, {
    ...{ cell: 2, line: 3, code: "for item in items:", name: "total", message: "6 and 9" },
    ...{ file: "src/small/make.py", fileLine: 11 },
  });
});

test("a stage that hangs is ended and told, and so is a cell that hangs", async (context) => {
  const hangs = "__import__('time').sleep(600)";
  const module = `def make():\n    ${hangs}\n`;
  const stage = await verifySmall(context, { module, runs: 1, limits: { stageTimeoutSeconds: 6 } });
  if (stage === undefined) return;
  assert.equal(stage.outcome, "failed");
  assert.match(stage.reason ?? "", /Stage make of small failed: it did not end within 6 s\. Not reached: use\./);
  const cells = { 2: `print('so far')\n${hangs}` };
  const cell = await verifySmall(context, { cells, limits: { cellTimeoutSeconds: 3 } });
  assert.equal(cell?.outcome, "not-comparable");
  assert.match(cell?.reason ?? "", /cell 2 stops with Timeout: it did not end within 3 s/);
});

test("a process that is killed in the middle is told: the project's, and the notebook's", async (context) => {
  const dies = "__import__('os').kill(__import__('os').getpid(), 9)";
  const stage = await verifySmall(context, { module: `def make():\n    ${dies}\n`, runs: 1 });
  if (stage === undefined) return;
  assert.equal(stage.outcome, "failed");
  assert.match(stage.reason ?? "", /Stage make of small failed: it was ended by SIGKILL/);
  const cell = await verifySmall(context, { cells: { 2: dies } });
  assert.equal(cell?.outcome, "not-comparable");
  assert.match(cell?.reason ?? "", /cell 2 stops with KernelDied/);
  assert.deepEqual(
    cell?.outputs.map(({ cell, verdict }) => [cell, verdict]),
    [
      [1, "identical"],
      [2, "missing"],
    ],
  );
});

test("values that raise or hang when they are looked at do not end the proof, and are never counted as equal", async (context) => {
  const lines = [
    "class Bad:",
    "    def __init__(self, n): self.n = n",
    "    def __eq__(self, other): raise RuntimeError('no')",
    "    def __hash__(self): raise RuntimeError('no')",
    "    def __repr__(self): raise RuntimeError('no')",
    "class Worse(Bad):",
    "    def __reduce_ex__(self, protocol): raise RuntimeError('no')",
    "bad, worse = Bad(1), Worse(1)",
  ];
  const verification = await verifySmall(context, { ...withLines(...lines), runs: 1 });
  if (verification === undefined) return;
  const verdicts = verification.values.filter(({ name }) => name === "bad" || name === "worse");
  assert.deepEqual(
    verdicts.map(({ name, verdict }) => [name, verdict]),
    [
      ["bad", "identical"],
      ["worse", "opaque"],
    ],
  );
});

test("values that do not fit on the disk are compared by digests; a disk that is full is told", async (context) => {
  const [small, tiny] = [await requireDisk(context, "size=1m"), await requireDisk(context, "size=100k")];
  if (small === undefined || tiny === undefined) return;
  const change = withLines("big = [str(at) * 9 for at in range(60_000)]");
  const verification = await verifySmall(context, { ...change, runs: 1, work: join(small, "work") });
  assert.equal(verification?.values.find(({ name }) => name === "big")?.verdict ?? "identical", "identical");
  const proof = verifySmall(context, { ...change, runs: 1, work: join(tiny, "work") });
  await assert.rejects(proof, (error) => error instanceof ProblemError && error.problem.id === "RP362");
});

test("an abort ends what runs and leaves no process behind", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), "reprise-verify-"));
  await using request = await wineRequest(python, join(wineFolder, "project"), join(folder, "work"));
  const abort = new AbortController();
  try {
    const proof = verifyProject({
      ...request,
      signal: abort.signal,
      onProgress: ({ detail }) => detail === "cell 1" && abort.abort(new Error("enough")),
    });
    await assert.rejects(proof, /enough/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
