import assert from "node:assert/strict";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { murmur2 } from "../../../core/src/orders/murmur2.ts";
import { fingerprintsOf } from "../../../core/src/orders/saved-sources.ts";
import { requirePython } from "../../support/python.ts";

const texts = ["", "a", "ab", "abc", "abcd", "abcde", "x = 1\n", "print('é, 漢字, 😀')", "d['age'] / 10 ".repeat(500)];

test("a cell's fingerprint is the name that ipykernel gives its file", { timeout: 120_000 }, async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const program = [
    "import json, sys, pathlib",
    "from ipykernel.compiler import get_file_name, murmur2_x86",
    "texts = json.loads(sys.argv[1])",
    "print(json.dumps([[murmur2_x86(t, 0), murmur2_x86(t, 0xC70F6907), int(pathlib.Path(get_file_name(t)).stem)] for t in texts]))",
  ].join("\n");
  const { stdout } = await runProcess(python, ["-c", program, JSON.stringify(texts)]);
  assert.deepEqual(
    JSON.parse(stdout),
    texts.map((text) => [murmur2(text, 0), murmur2(text, 0xc70f6907), fingerprintsOf(text)[0]]),
  );
});
