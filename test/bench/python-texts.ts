import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PythonParser } from "../../core/src/python/ast.ts";
import { compileProblems } from "../../core/src/python/refused/compile-problems.ts";
import type { CPython } from "../support/cpythons.ts";
import { table } from "./measure.ts";

const fixtures = join(import.meta.dirname, "..", "core", "python", "fixtures");

/** Texts that are meant to be told otherwise: in which a pattern stands, or in what CPython says of them. */
const otherwise: readonly { readonly reason: string; readonly text?: string; readonly refusal?: string }[] = JSON.parse(
  readFileSync(join(fixtures, "texts-told-otherwise.json"), "utf8"),
);

/**
 * What CPython's own tests hand to its compiler, and all other texts that stand in them: which of them it refuses, and
 * which are refused here. `count` takes so many of them.
 */
export function textsInTests(parser: PythonParser, { python, version, library }: CPython, count?: number): string {
  const files = globSync(join(library, "test", "**/test_*.py")).sort();
  const all = answer<readonly string[]>(python, "texts_in_tests.py", files.join("\n"));
  const texts = count === undefined ? all : all.filter((_, at) => at % Math.ceil(all.length / count) === 0);
  const refusals = answer<readonly (string | null)[]>(python, "compile_each.py", JSON.stringify(texts));
  const tally = { taken: 0, refused: 0, meant: 0 };
  const unexplained: string[] = [];
  texts.forEach((text, at) => {
    const refusal = refusals[at] ?? undefined;
    const module = parser.parse(text);
    const ours = [...module.errors, ...compileProblems(module, text)].map(({ message }) => message);
    if (ours.length > 0 === (refusal !== undefined)) tally[refusal === undefined ? "taken" : "refused"]++;
    else if (otherwise.some((one) => isMeant(one.text, text) || isMeant(one.refusal, refusal))) tally.meant++;
    else unexplained.push(`- ${version}: ${JSON.stringify(text.slice(0, 100))}: CPython: ${refusal}; here: ${ours[0]}`);
  });
  const cells = [texts.length, tally.taken, tally.refused, tally.meant, unexplained.length];
  const head = ["texts in the tests of", "texts", "taken by both", "refused by both", "meant to differ", "unexplained"];
  return `${table(head, [[version, ...cells.map((number) => number.toLocaleString("en"))]])}\n\n${unexplained.join("\n")}`;
}

function isMeant(pattern: string | undefined, text: string | undefined): boolean {
  return pattern !== undefined && text !== undefined && new RegExp(pattern, "m").test(text);
}

function answer<T>(python: string, script: string, input: string): T {
  const { stdout } = spawnSync(python, [join(fixtures, script)], { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  return JSON.parse(stdout) as T;
}
