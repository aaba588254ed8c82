import { loadGrammar } from "../../core/src/host/assets.ts";
import { createPythonParser } from "../../core/src/python/parser.ts";
import { cellsOfItsOwnTests, collectedCells, compareWithIPython } from "../core/ipython/conformance.ts";
import { generateCells } from "../core/ipython/generated-cells.ts";
import { testPython } from "../support/python.ts";
import { table } from "./measure.ts";
import type { BenchOptions } from "./options.ts";

/** Cells beside IPython's own transformer, versions 7, 8 and 9: `count` generated ones (20,000), and all collected ones. */
export async function ipythonConformance({ count = 20_000, seed }: BenchOptions): Promise<string> {
  const rows: string[][] = [];
  const told: string[] = [];
  const parser = await createPythonParser(loadGrammar());
  const newest = await testPython("kernel");
  const collected = [...collectedCells(), ...cellsOfItsOwnTests(await testPython("ipython-8"))];
  for (const name of ["ipython-7", "ipython-8", "kernel"] as const) {
    const python = await testPython(name);
    const { version, cells, withCommands, known, unexplained } = compareWithIPython(parser, python, newest, [
      ...generateCells(seed, count),
      ...collected,
    ]);
    const meant = [...known.values()].reduce((sum, one) => sum + one, 0);
    rows.push([
      version,
      ...[count, collected.length, withCommands, cells - meant - unexplained.length, meant, unexplained.length].map(
        (one) => one.toLocaleString("en"),
      ),
    ]);
    told.push(...[...known].map(([reason, number]) => `- IPython ${version}: ${number} meant to differ: ${reason}`));
    told.push(...unexplained.slice(0, 10).map((one) => `- IPython ${version}: ${JSON.stringify(one)}`));
  }
  const head = ["IPython", "generated", "collected", "with commands", "the same", "meant to differ", "unexplained"];
  return `${table(head, rows)}\n\n${told.join("\n")}`;
}
