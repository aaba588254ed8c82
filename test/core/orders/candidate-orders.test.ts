import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { Notebook } from "../../../core/src/notebook/model.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { candidateOrders } from "../../../core/src/orders/candidate-orders.ts";
import type { Order } from "../../../core/src/orders/order.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { tryOrders } from "../../../core/src/verify/findings/notebook-trials.ts";
import { scoreOrders } from "../../../core/src/verify/findings/score-orders.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { Recording } from "../../support/recording.ts";

const parser = await createPythonParser(loadGrammar());

function ordersOf(notebook: Notebook): readonly Order[] {
  return candidateOrders(analyseNotebook(notebook, parser));
}

const shown = (orders: readonly Order[]) => orders.map(({ kind, cells }) => `${kind} ${cells.join(" ")}`);

/** A recording that makes the notebook messy by running it, and the orders with the scores of their own runs. */
async function scored(
  context: TestContext,
  sources: readonly string[],
  make: (recording: Recording) => Promise<unknown>,
  { isScored = true, ...options }: { readonly withTimes?: boolean; readonly isScored?: boolean } = {},
) {
  const engine = await requireEngine(context);
  if (engine === undefined) return undefined;
  const folder = temporaryFolder(context);
  const recording = new Recording(engine, folder, sources, options);
  await make(recording);
  const notebook = await recording.save();
  const analysis = analyseNotebook(notebook, parser);
  const orders = candidateOrders(analysis);
  const runs = isScored
    ? await tryOrders({ analysis, engine, workFolder: join(temporaryFolder(context), "work") }, orders)
    : [];
  return { notebook, orders, best: isScored ? scoreOrders(notebook, orders, runs) : [] };
}

test("a notebook that ran from top to bottom has one order", async (context) => {
  const found = await scored(context, ["a = 1", "b = a + 1\nb"], (recording) => recording.runAll());
  if (found === undefined) return;
  assert.deepEqual(shown(found.orders), ["document 0 1"]);
  assert.deepEqual(found.best[0]?.score, { reproduced: 1, comparable: 1, failed: 0 });
});

test("a definition that stands below its use is found by the counts, and its run gives what is saved", async (context) => {
  const sources = ["print(scale(2))", "def scale(x):\n    return x * factor", "factor = 21"];
  const found = await scored(context, sources, (recording) => recording.run(2, 1, 0));
  if (found === undefined) return;
  assert.equal(shown(found.orders)[0], "recorded 2 1 0");
  assert.ok(shown(found.orders).includes("document 0 1 2"));
  assert.equal(found.best[0]?.kind, "recorded");
  assert.deepEqual(found.best[0]?.score, { reproduced: 1, comparable: 1, failed: 0 });
});

test("green from top to bottom, yet not what was recorded: only the score tells", async (context) => {
  const sources = ["rate = 0.1", "print(round(100 * rate, 2))", "rate = 0.25", "print(round(200 * rate, 2))"];
  const found = await scored(context, sources, (recording) => recording.run(0, 2, 1, 3));
  if (found === undefined) return;
  const document = found.best.find(({ kind }) => kind === "document");
  assert.deepEqual(document?.unbound, []);
  assert.deepEqual(document?.score, { reproduced: 1, comparable: 2, failed: 0 });
  assert.equal(found.best[0]?.kind, "recorded");
  assert.deepEqual(found.best[0]?.score, { reproduced: 2, comparable: 2, failed: 0 });
});

test("two kernel sessions are told apart by their times, and put one after the other", async (context) => {
  const sources = ["x = 1", "y = x + 1\nprint(y)", "z = 10\nprint(z)", "w = z * 2\nprint(w)"];
  const found = await scored(
    context,
    sources,
    async (recording) => {
      await recording.run(2, 3);
      await recording.restart();
      await recording.run(0, 1);
    },
    { withTimes: true },
  );
  if (found === undefined) return;
  assert.deepEqual(shown(found.orders), ["document 0 1 2 3", "recorded 2 3 0 1", "counts 0 2 1 3", "session 0 1"]);
  const recorded = found.orders.find(({ kind }) => kind === "recorded");
  assert.match(String(recorded?.evidence[0]?.message), /^In \[1\] began .*: the kernel was restarted in between$/);
  assert.deepEqual(
    found.best.map(({ kind, score }) => `${kind} ${score.reproduced}/${score.comparable}`),
    ["document 3/3", "recorded 3/3", "counts 3/3", "session 1/3"],
  );
});

test("without times the processes that warnings name tell sessions apart, and either may be first", async (context) => {
  const warn = (text: string) => `import warnings\nwarnings.warn("${text}")`;
  const sources = [warn("one"), "a = 1\nprint(a)", warn("two"), "a = 2\nprint(a)"];
  const found = await scored(
    context,
    sources,
    async (recording) => {
      await recording.run(2, 3);
      await recording.restart();
      await recording.run(0, 1);
    },
    { isScored: false },
  );
  if (found === undefined) return;
  const alone = found.orders.filter(({ kind }) => kind === "session").map(({ cells }) => cells.join(" "));
  assert.deepEqual(alone.sort(), ["0 1", "2 3"]);
  // One of the two is the order of the document, and told as such.
  assert.ok(
    shown(found.orders).some((order) => order.endsWith(" 2 3 0 1")),
    shown(found.orders).join("; "),
  );
  assert.ok(shown(found.orders).includes("document 0 1 2 3"));
});

test("a traceback tells that a cell had run before, though its last run came later", async (context) => {
  const sources = [
    "print(half(0))",
    "def half(x):\n    return 10 / x if x else fail(x)",
    "def fail(x):\n    raise ValueError(x)",
  ];
  const found = await scored(context, sources, async (recording) => {
    await recording.run(1, 2, 0);
    // Run again afterwards: by the counts they came last.
    await recording.run(2, 1);
  });
  if (found === undefined) return;
  const [best] = found.best;
  assert.deepEqual(best?.score, { reproduced: 1, comparable: 1, failed: 0 });
  const repaired = found.orders.find(({ kind }) => kind === "repaired");
  assert.ok(repaired !== undefined);
  assert.ok(
    repaired.evidence.some(({ message }) =>
      /^the saved traceback of cell 0 .* that cell had run by then$/.test(message),
    ),
    JSON.stringify(repaired.evidence),
  );
});

test("a cell that ran three times is found in the gap below its count, and its repeats give what is saved", async (context) => {
  const sources = ["total = 1", "total = total * 3", "print(total)"];
  const found = await scored(context, sources, (recording) => recording.run(0, 1, 1, 1, 2));
  if (found === undefined) return;
  const [best] = found.best;
  assert.equal(best?.kind, "repeated");
  assert.deepEqual(best?.runs, [0, 1, 1, 1, 2]);
  assert.deepEqual(best?.cells, [0, 1, 2]);
  assert.deepEqual(best?.score, { reproduced: 1, comparable: 1, failed: 0 });
  assert.match(
    JSON.stringify(best?.evidence),
    /the 2 counts below its own \(4\) are missing.* it may have run 3 times/,
  );
  assert.deepEqual(found.best.find(({ kind }) => kind === "document")?.score.reproduced, 0);
});

const lost = (counts: readonly (number | null)[], sources: readonly string[]) =>
  shown(
    ordersOf(
      readNotebook(
        JSON.stringify({
          nbformat: 4,
          nbformat_minor: 5,
          metadata: {},
          cells: sources.map((source, at) => ({
            cell_type: "code",
            id: `c${at}`,
            metadata: {},
            source,
            outputs: [],
            execution_count: counts[at],
          })),
        }),
        "lost.ipynb",
      ),
    ).map((order) => ({ ...order, cells: order.runs ?? order.cells })),
  );

test("a cell that ran again at the end ran first where it stands", () => {
  const orders = lost([1, 4, 3], ["rows = [1]", "rows.append(2)", "print(rows)"]);
  assert.deepEqual(orders, ["recorded 0 2 1", "repeated 0 1 2 1", "document 0 1 2"]);
});

test("a gap as long as the block behind it may be the block's first run", () => {
  const orders = lost([1, 4, 5], ["rows = [1]", "rows.append(2)", "rows += [3]"]);
  assert.deepEqual(orders, ["document 0 1 2", "repeated 0 1 1 1 2", "repeated 0 1 2 1 2"]);
});

test("a gap below a cell that makes its values anew tells of no repeat, nor one too long to be", () => {
  assert.deepEqual(lost([1, 4, 5], ["rows = [1]", "copy = sorted(rows)", "print(copy)"]), ["document 0 1 2"]);
  assert.deepEqual(lost([1, 2, 500], ["rows = [1]", "rows += [2]", "rows.append(3)"]), ["document 0 1 2"]);
});

test("a deleted definition leaves its name unbound in every order, and that is said", async (context) => {
  const sources = ["limit = 5", "print(limit)", "print(limit + 1)"];
  const found = await scored(context, sources, async (recording) => {
    await recording.runAll();
    recording.delete(0);
  });
  if (found === undefined) return;
  for (const order of found.orders) {
    assert.deepEqual(
      order.unbound.map(({ name }) => name),
      ["limit", "limit"],
    );
  }
  assert.deepEqual(found.best[0]?.score, { reproduced: 0, comparable: 2, failed: 2 });
});

test("an edited cell gives something else in any order", async (context) => {
  const found = await scored(context, ["n = 3", "print(n * 2)"], async (recording) => {
    await recording.runAll();
    recording.edit(1, "print(n * 20)");
  });
  if (found === undefined) return;
  assert.deepEqual(
    found.best.map(({ score }) => score),
    [{ reproduced: 0, comparable: 1, failed: 0 }],
  );
});

test("the orders are the same whenever they are asked for", async (context) => {
  const sources = ["print(late)", "late = 1", "late = 2"];
  const found = await scored(context, sources, (recording) => recording.run(1, 0, 2), { isScored: false });
  if (found === undefined) return;
  assert.deepEqual(ordersOf(found.notebook), ordersOf(found.notebook));
});
