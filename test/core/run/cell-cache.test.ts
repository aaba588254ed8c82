/** The cache of cells: a run with it must be the run without it, whatever was changed in between. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import { CellStore } from "../../../core/src/run/cells/cell-store.ts";
import { Random } from "../../bench/programs/random.ts";
import { writeProgram } from "../../bench/programs/write.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";
import { cachedRun, type Outcome } from "./cached-run.ts";

interface Bench {
  readonly directory: string;
  readonly store: CellStore;
  /** With what is in the store, which it fills. */
  cached(cells: readonly string[], files?: Readonly<Record<string, string>>): Promise<Outcome>;
  plain(cells: readonly string[], files?: Readonly<Record<string, string>>): Promise<Outcome>;
}

async function bench(context: TestContext): Promise<Bench | undefined> {
  const python = await requirePython(context, "ml");
  if (python === undefined) return undefined;
  const engine: Engine = await localEngine({ environment: await foundEnvironment(python) });
  context.after(() => engine.close());
  const directory = temporaryFolder(context);
  const store = new CellStore(temporaryFolder(context));
  return {
    directory,
    store,
    cached: (cells, files = {}) => cachedRun(engine, { cells, directory, files, store }),
    plain: (cells, files = {}) => cachedRun(engine, { cells, directory, files }),
  };
}

function assertSame(cached: Outcome, plain: Outcome, told: string): void {
  assert.deepEqual([cached.status, cached.failure, cached.shown], [plain.status, plain.failure, plain.shown], told);
}

const notebook = [
  "import pandas as pd\nfrom collections import Counter",
  "df = pd.read_csv('data.csv')\nalias = df\nprint(len(df))",
  "def total(frame, times=2):\n    return frame['a'].sum() * times",
  "df['b'] = df['a'] * 3\nsum_of = total(df)\nsum_of",
  "class Box:\n    def __init__(self, held):\n        self.held = held\n    def add(self, n):\n        self.held.append(n)\n        return self",
  "box = Box([1, 2])\nshared = box.held\nbox.add(3)",
  "shared.append(4)\ncounts = Counter(shared)",
  "small = alias[alias['b'] > 3]\nprint(small.shape, sum_of)",
];
const data = "a,c\n1,x\n2,y\n3,z\n";

describe("cells of earlier runs", () => {
  test("are taken where nothing changed, and what one change decides runs again", async (context) => {
    const here = await bench(context);
    if (here === undefined) return;
    const first = await here.cached(notebook, { "data.csv": data });
    assertSame(first, await here.plain(notebook), "the first run");
    assert.deepEqual(first.taken, []);
    const second = await here.cached(notebook);
    assertSame(second, first, "the second run");
    assert.deepEqual(second.taken, [0, 1, 2, 3, 4, 5, 6, 7], JSON.stringify([...second.why]));
    const changed = notebook.with(3, "df['b'] = df['a'] * 5\nsum_of = total(df)\nsum_of");
    const third = await here.cached(changed);
    assertSame(third, await here.plain(changed), "a changed cell");
    assert.deepEqual(third.taken, [0, 1, 2, 4, 5, 6], JSON.stringify([...third.why]));
    const fourth = await here.cached(notebook, { "data.csv": "a,c\n1,x\n2,y\n" });
    assertSame(fourth, await here.plain(notebook), "changed data");
    assert.deepEqual(fourth.taken, [0, 2, 4, 5, 6], JSON.stringify([...fourth.why]));
  });

  test("that cannot be read back run after all", async (context) => {
    const here = await bench(context);
    if (here === undefined) return;
    const first = await here.cached(notebook, { "data.csv": data });
    for (const key of readdirSync(here.store.folder)) writeFileSync(here.store.valuesOf(key), "no pickle");
    const second = await here.cached(notebook);
    assertSame(second, first, "with broken values");
    assert.match([...second.why.values()].join("\n"), /could not be read/);
  });

  test("are left out where they are not known to give the same again, and the run says why", async (context) => {
    const here = await bench(context);
    if (here === undefined) return;
    writeFileSync(join(here.directory, "own.py"), "value = 1\n");
    writeFileSync(join(here.directory, "data.csv"), data);
    const cells: readonly (readonly [source: string, why: RegExp | undefined])[] = [
      ["import time, os, random\nimport numpy as np\nimport pandas as pd\nimport warnings", undefined],
      ["t = time.time()", /time\.time/],
      ["later = [t]", /needs cell 1/],
      ["x = np.random.rand(3)", /random numbers without a seed/],
      ["np.random.seed(1)", /seeds/],
      ["drawn = np.random.rand(2)", /random stream/],
      ["mean = drawn.mean()", undefined],
      ["from own import value", /module of your own/],
      ["open('out.txt', 'w').write('x')", /writes out\.txt|nothing is known/],
      ["back = open('out.txt').read()", /may write/],
      ["home = os.environ.get('HOME')", /os\.environ/],
      ["pd.set_option('display.max_rows', 5)", /options/],
      ["f = lambda v: v + 1", /code/],
      ["gen = (v for v in [1, 2])", /cannot be saved|generator/],
      ["a = np.zeros(4)\nview = a[:2]", /views|share/],
      ["def stamp(rows):\n    return [time.time() for _ in rows]", /time\.time/],
      ["times = list(map(time.time, []))", /time\.time/],
      ["%timeit 1", /command|timeit/],
      ["mystery = unknown_name if False else 1", /nothing binds/],
      ["warnings.warn('only once')", /warn|standard error/],
      ["frame = pd.read_csv('data.csv')", undefined],
      ["first_file = pd.read_csv(os.listdir('.')[0] if False else 'data.csv')", /os\.listdir|only while it runs/],
      ["class Kept:\n    seen = []\nKept.seen.append(1)", /code|Kept/],
      ["key = id(frame)", /id/],
      ["exec('q = 1')", /exec|nothing is known/],
    ];
    const sources = cells.map(([source]) => source);
    await here.cached(sources);
    const { taken, why } = await here.cached(sources);
    for (const [cell, [source, reason]] of cells.entries()) {
      if (reason === undefined) assert.ok(taken.includes(cell), `${source}: ${why.get(cell)}`);
      else assert.match(why.get(cell) ?? `taken: ${taken.includes(cell)}`, reason, source);
    }
  });

  test("read the file that is meant, however its path is written and wherever the process stands", async (context) => {
    const here = await bench(context);
    if (here === undefined) return;
    const cells = [
      "import os\nimport pandas as pd",
      "plain = pd.read_csv('./data//x.csv')",
      "above = pd.read_csv('data/../x.csv')",
      "with open('data/../y.csv', 'w') as file:\n    _ = file.write('a\\n7\\n')",
      "written = pd.read_csv('y.csv')",
      "linked = pd.read_csv('same/x.csv')",
      "with open('same/new.csv', 'w') as file:\n    _ = file.write(str(linked['a'].sum()))",
      "late = pd.read_csv('data/new.csv')",
      "os.chdir('data')",
      "there = pd.read_csv('x.csv')",
    ];
    const files = { "x.csv": "a\n1\n", "data/x.csv": "a\n2\n", "data/new.csv": "a\n0\n" };
    symlinkSync("data", join(here.directory, "same"));
    await here.cached(cells, files);
    for (const change of [{ "data/x.csv": "a\n3\n" }, {}]) {
      const given = { ...files, ...change };
      const cached = await here.cached(cells, given);
      assertSame(cached, await here.plain(cells, given), `${JSON.stringify(change)}, taken ${cached.taken}`);
      assert.equal(cached.taken.includes(1), !("data/x.csv" in change), cached.why.get(1));
      assert.match(cached.why.get(2) ?? "", /a link may lead elsewhere/);
      assert.match(cached.why.get(4) ?? "", /may write/);
      assert.match(cached.why.get(7) ?? "", /changed since the run began/);
      assert.match(cached.why.get(9) ?? "", /directory/);
    }
  });

  test("keep within the size that is allowed, the ones that were used last", async (context) => {
    const store = new CellStore(temporaryFolder(context));
    const cell = {
      schema: "reprise.cell/1",
      run: "r",
      seconds: 1,
      outputs: [],
      executionCount: 1,
      metrics: [],
      gone: [],
    } as const;
    for (const key of ["a", "b", "c"]) {
      mkdirSync(join(store.folder, key));
      writeFileSync(store.valuesOf(key), "x".repeat(1000));
      await store.keep(key, cell);
      await new Promise((done) => setTimeout(done, 10));
    }
    assert.ok(await store.find("a"));
    await store.trim(2500);
    assert.deepEqual(readdirSync(store.folder).sort(), ["a", "c"]);
  });
});

/** More programs and changes on request: `REPRISE_CACHE_PROGRAMS=50`. */
const programs = Number(process.env.REPRISE_CACHE_PROGRAMS ?? 1);

for (let seed = 1; seed <= programs; seed++) {
  test(`a changed program is the same with cells of before and without (program ${seed})`, async (context) => {
    const here = await bench(context);
    if (here === undefined) return;
    const random = new Random(seed);
    const draft = writeProgram(random);
    const cells = draft.cells.filter(({ kind }) => kind === "code").map(({ source }) => source);
    const first = await here.cached(cells, draft.files);
    const again = await here.cached(cells, draft.files);
    assertSame(again, first, cells.join("\n---\n"));
    for (let change = 0; change < (programs > 1 ? 3 : 1); change++) {
      const changed = mutated(cells, random);
      const cached = await here.cached(changed, draft.files);
      assertSame(cached, await here.plain(changed, draft.files), `taken ${cached.taken}\n${changed.join("\n---\n")}`);
    }
    const files = Object.fromEntries(Object.entries(draft.files).map(([name, text]) => [name, withoutLastLine(text)]));
    const cached = await here.cached(cells, files);
    assertSame(
      cached,
      await here.plain(cells, files),
      `changed files, taken ${cached.taken}\n${cells.join("\n---\n")}`,
    );
  });
}

const withoutLastLine = (text: string): string => `${text.trimEnd().split("\n").slice(0, -1).join("\n")}\n`;

/** One constant is another, or one line is there twice. */
function mutated(cells: readonly string[], random: Random): readonly string[] {
  const at = random.between(0, cells.length - 1);
  const source = cells[at] ?? "";
  const numbers = [...source.matchAll(/(?<![\w.'"])\d+(?![\w.'"])/g)];
  const number = numbers.length === 0 ? undefined : random.pick(numbers);
  if (number === undefined) {
    const lines = source.split("\n");
    return cells.with(
      at,
      lines.some((line) => /^\s|:$/.test(line))
        ? `${source}\nextra_${at} = ${at}`
        : [...lines, lines.at(-1)].join("\n"),
    );
  }
  const text = `${source.slice(0, number.index)}${Number(number[0]) + 1}${source.slice(number.index + number[0].length)}`;
  return cells.with(at, text);
}
