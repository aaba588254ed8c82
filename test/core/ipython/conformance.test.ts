import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { requirePython, testPython } from "../../support/python.ts";
import { cellsOfItsOwnTests, collectedCells, compareWithIPython } from "./conformance.ts";
import { generateCells } from "./generated-cells.ts";

const parser = await createPythonParser(loadGrammar());

/** `npm run bench -- ipython` takes more. */
const generated = 800;

for (const name of ["ipython-7", "ipython-8", "kernel"] as const) {
  test(`IPython makes the same of generated and collected cells (${name === "kernel" ? "ipython-9" : name})`, async (context) => {
    const python = await requirePython(context, name);
    if (python === undefined) return;
    const newest = await testPython("kernel");
    const itsOwn = cellsOfItsOwnTests(await testPython("ipython-8"));
    const cells = [...generateCells(1, generated), ...collectedCells(), ...itsOwn];
    const { version, withCommands, known, unexplained } = compareWithIPython(parser, python, newest, cells);
    assert.deepEqual(unexplained.slice(0, 5), []);
    const told = [...known].map(([reason, count]) => `${count}: ${reason}`).join("; ");
    context.diagnostic(
      `IPython ${version}: ${cells.length} cells, ${withCommands} with commands; meant to differ: ${told}`,
    );
  });
}
