import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { requireKernelspecs } from "../support/kernelspecs.ts";
import { writeNotebookFile } from "../support/notebooks.ts";

/** What is easily changed on its way into another language. */
const text = `it's "é😀" $HOME \`x\` \\n #{y} %s`;

interface Language {
  readonly kernel: string;
  readonly language: string;
  readonly own: string;
  readonly show: string;
  readonly fail: string;
}

const languages: readonly Language[] = [
  {
    kernel: "bash",
    language: "bash",
    own: "text=a\ncount=1\nitems=(x)",
    show: `echo "$text|$count|\${items[1]}"`,
    fail: "no-such-command",
  },
  {
    kernel: "deno",
    language: "typescript",
    own: 'let text = "a";\nlet count = 1;\nlet items: string[] = [];',
    show: 'console.log([text, count, items[1]].join("|"))',
    fail: 'throw new RangeError("bad")',
  },
  {
    kernel: "ir",
    language: "R",
    own: "text <- 'a'\ncount <- 1L\nitems <- list()",
    show: 'cat(text, format(count, digits = 15), items[[2]], sep = "|"); cat("\\n")',
    fail: "stop('bad')",
  },
];

for (const each of languages) {
  test(`a notebook in ${each.language} is run with its parameters, and told where it fails`, async (context) => {
    const call = await requireCall(context, each);
    if (call === undefined) return;
    const cells = [{ source: each.own, tags: ["parameters"] }, each.show, each.fail, each.show];
    const { code, stderr, content, answer } = await call(cells, [
      ...["-p", "text", text],
      ...["-p", "count", "12345678901"],
      ...["-y", '{items: [1, "b c"]}'],
    ]);
    assert.equal(code, 1, stderr);
    const shown = content.cells.flatMap(({ outputs = [] }) => outputs.flatMap((output) => output.text ?? []));
    assert.ok(shown.includes(`${text}|12345678901|b c\n`), JSON.stringify(content.cells, undefined, 1));
    assert.deepEqual(
      (answer.cells as { status: string }[]).map(({ status }) => status),
      ["ok", "ok", "error", "not-reached"],
    );
    assert.equal(content.metadata.language_info?.name?.toLowerCase(), each.language.toLowerCase());
  });
}

test("parameters come first where a notebook in another language has none of its own, and what needs Python is refused", async (context) => {
  const deno = languages.find(({ kernel }) => kernel === "deno") as Language;
  const call = await requireCall(context, deno);
  if (call === undefined) return;
  const { code, content } = await call(["console.log(n * 2)"], ["-p", "n", "21"]);
  assert.equal(code, 0);
  assert.deepEqual(content.cells[1]?.outputs?.[0]?.text, ["42\n"]);
  const refused = await call(["console.log(1)"], ["--only", "n"]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr + JSON.stringify(refused.answer), /RP141.*only Python is read/s);
});

for (const kernel of ["bash", "deno"]) {
  test(`a batch of a notebook for ${kernel} runs once for each set, and makes again only what is missing`, async (context) => {
    const language = languages.find((each) => each.kernel === kernel) as Language;
    const kernels = await requireKernelspecs(context);
    if (kernels === undefined) return;
    const folder = temporaryFolder(context);
    const metadata = { kernelspec: { name: kernel, display_name: kernel, language: language.language } };
    const cells = [{ source: language.own, tags: ["parameters"] }, language.show];
    writeNotebookFile(join(folder, "a.ipynb"), cells, metadata);
    const environment = { JUPYTER_PATH: kernels, REPRISE_HOME: join(folder, "store") };
    const batch = async (...args: readonly string[]) => {
      const common = ["-p", "text", "x,y z", "-y", "{count: 7, items: [1, b]}", "--outputs", "out", "--workers", "2"];
      const finished = await reprise(["batch", "a.ipynb", ...common, ...args, "--json"], {
        directory: folder,
        environment,
      });
      return { ...finished, runs: answerOf(finished).runs as { status: string; reused?: boolean }[] };
    };
    const { code, runs, stderr } = await batch();
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      runs.map(({ status }) => status),
      ["succeeded", "succeeded"],
    );
    for (const [at, value] of ["x", "y z"].entries()) {
      const written = readFileSync(join(folder, "out", `a-000${at}.ipynb`), "utf8");
      assert.ok(written.includes(JSON.stringify(`${value}|7|b\n`)), written);
    }
    const again = await batch("--resume");
    assert.deepEqual(
      again.runs.map(({ reused }) => reused),
      [true, true],
    );
    const refused = await batch("--seed", "1");
    assert.equal(refused.code, 2);
  });
}

interface Content {
  readonly metadata: { readonly language_info?: { readonly name?: string } };
  readonly cells: readonly { readonly outputs?: readonly { readonly text?: readonly string[] }[] }[];
}

/** Runs cells with a kernel through the command line. */
async function requireCall(context: TestContext, { kernel, language }: Language) {
  const kernels = await requireKernelspecs(context);
  if (kernels === undefined) return undefined;
  if (kernel === "ir") {
    const asked = await runProcess("R", ["--slave", "-e", "library(IRkernel)"]).catch(() => undefined);
    if (asked?.code !== 0) {
      assert.notEqual(process.env.REPRISE_REQUIRE, "all", "R with IRkernel is not here");
      context.skip("R with IRkernel is not here");
      return undefined;
    }
  }
  return async (cells: Parameters<typeof writeNotebookFile>[1], options: readonly string[]) => {
    const folder = temporaryFolder(context);
    const metadata = { kernelspec: { name: kernel, display_name: kernel, language } };
    const notebook = writeNotebookFile(join(folder, "a.ipynb"), cells, metadata);
    const output = join(folder, "out.ipynb");
    const environment = { JUPYTER_PATH: kernels, REPRISE_HOME: join(folder, "store") };
    const finished = await reprise(["run", notebook, output, ...options, "--json"], { environment });
    const answer = answerOf(finished);
    const content: Content =
      finished.code === 2 ? { metadata: {}, cells: [] } : JSON.parse(readFileSync(output, "utf8"));
    return { code: finished.code, stderr: finished.stderr, answer, content };
  };
}
