import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { storedFrom } from "../../../core/src/kernel/output-store.ts";
import { StreamText } from "../../../core/src/kernel/stream-text.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { serialiseNotebook } from "../../../core/src/notebook/serialise.ts";
import { OutputSpool } from "../../../core/src/run/cells/output-spool.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";

test("what is kept outside of memory comes back as it was, and leaves no file", (context) => {
  const folder = temporaryFolder(context);
  const spool = new OutputSpool(folder);
  const texts = ["é😀\n", "", "x".repeat(1 << 20), '\ud800 "lone"'.toWellFormed()];
  const stored = texts.map((text) => spool.put(text));
  assert.deepEqual(
    stored.map((each) => each.read()),
    texts,
  );
  assert.deepEqual(readdirSync(folder), []);
});

test("outputs stay in memory where they cannot be kept elsewhere", () => {
  assert.equal(new OutputSpool("/no/such/folder").put("text").read(), "text");
});

test("text is the same whether it is kept in memory or not", (context) => {
  const spool = new OutputSpool(temporaryFolder(context));
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("a\n", "\r", "\b", "\r\n", "b".repeat(storedFrom), "c\n".repeat(storedFrom / 2)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const [stored, inMemory] = [new StreamText(spool), new StreamText()];
      for (const each of pieces) {
        stored.add(each);
        inMemory.add(each);
      }
      assert.equal(stored.text, inMemory.text);
      const { json, parts } = stored.snapshot();
      const lines = [...json()].flatMap((text) => text.split("\n").map((line) => JSON.parse(line)));
      assert.equal(lines.join(""), inMemory.text);
      assert.equal(parts().join(""), inMemory.text);
    }),
    { numRuns: 15 },
  );
});

for (const environment of ["kernel", "kernel6"] as const) {
  test(`much output in ${environment} is in the notebook as it came`, async (context) => {
    const engine = await requireEngine(context, environment);
    if (engine === undefined) return;
    const folder = temporaryFolder(context);
    const cells = [
      "for i in range(200):\n    print(i, 'x' * 65000)",
      "from IPython.display import display\ndisplay({'text/html': '<b>' + 'y' * 200000}, raw=True)",
      "print('z' * 300000, end='')",
    ];
    const output = join(folder, "out.ipynb");
    const notebook = readNotebook(notebookText(cells), join(folder, "a.ipynb"));
    const { content } = await runNotebook({ notebook, engine, directory: folder, command: [], output });
    const text = readFileSync(output, "utf8");
    assert.equal(serialiseNotebook(JSON.parse(JSON.stringify(content))), text, "written as it reads");
    const outputs = JSON.parse(text).cells.map((cell: { outputs: unknown[] }) => cell.outputs);
    const lines = Array.from({ length: 200 }, (_, at) => `${at} ${"x".repeat(65000)}\n`);
    assert.deepEqual(outputs[0], [{ name: "stdout", output_type: "stream", text: lines }]);
    assert.equal(outputs[1][0].data["text/html"].join(""), `<b>${"y".repeat(200000)}`);
    assert.equal(outputs[2][0].text.join(""), "z".repeat(300000));
  });

  test(`all text of a stream is one output in ${environment} where that is asked for (29)`, async (context) => {
    const engine = await requireEngine(context, environment);
    if (engine === undefined) return;
    const folder = temporaryFolder(context);
    const cell = "import sys\nprint('a')\nprint('e', file=sys.stderr)\ndisplay(1)\nprint('b')";
    const notebook = readNotebook(notebookText([cell]), join(folder, "a.ipynb"));
    const { content } = await runNotebook({ notebook, engine, directory: folder, command: [], coalesceStreams: true });
    const outputs = content.cells[0]?.outputs as { output_type: string; text?: string }[];
    assert.deepEqual(
      outputs.map(({ output_type, text }) => text ?? output_type),
      ["a\nb\n", "e\n", "display_data"],
    );
  });

  test(`binary buffers of ${environment} arrive byte for byte (47)`, async (context) => {
    const engine = await requireEngine(context, environment);
    if (engine === undefined) return;
    const folder = temporaryFolder(context);
    const cell =
      "from comm import create_comm\n" +
      "create_comm(target_name='jupyter.widget', data={'state': {'_model_name': 'M'}, 'buffer_paths': [['a'], ['b']]},\n" +
      "            buffers=[bytes(range(256)), memoryview(b'\\x00' * 70000)])";
    const notebook = readNotebook(notebookText([cell]), join(folder, "a.ipynb"));
    const { content, record } = await runNotebook({ notebook, engine, directory: folder, command: [] });
    assert.equal(record.status, "succeeded", record.failure?.message);
    const widgets = content.metadata.widgets as unknown as {
      [type: string]: { state: Record<string, { buffers: { data: string }[] }> };
    };
    const [model] = Object.values(widgets["application/vnd.jupyter.widget-state+json"]?.state ?? {});
    const buffers = model?.buffers.map(({ data }) => Buffer.from(data, "base64"));
    assert.deepEqual(buffers, [Buffer.from(Array.from({ length: 256 }, (_, at) => at)), Buffer.alloc(70000)]);
  });
}
