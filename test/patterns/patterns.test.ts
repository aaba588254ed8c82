import assert from "node:assert/strict";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { callReprise } from "../samples/command-line.ts";
import { forkedEnvironment } from "../support/forked-environment.ts";
import { requirePython } from "../support/python.ts";

/** What must become of a pattern's notebook: its stages and what is left out, or why there is no pipeline. */
interface Expected {
  readonly outcome: "converted" | "diagnosed";
  readonly stages?: readonly string[];
  readonly leftOut?: readonly string[];
  readonly reasons?: readonly string[];
}

interface Converted {
  readonly outcome: string;
  readonly stages?: readonly { readonly name: string }[];
  readonly left_out?: readonly { readonly cell: number; readonly why: string }[];
  readonly findings?: readonly { readonly rule: string; readonly cell: number; readonly subject: string }[];
}

/** Those that are proven by running here: one each of what is easily lost on the way. `REPRISE_PROVE=all` proves every one. */
const proven = [
  "03-aliases",
  "04-torch",
  "08-magics-and-shell",
  "18-code-in-texts",
  "31-settings-in-the-middle",
  "32-code-made-while-it-runs",
  "33-classes-with-state",
];
/** Proven in processes that start from nothing; the others in forks. */
const fresh: readonly string[] = ["04-torch", "32-code-made-while-it-runs"];
const provesAll = process.env.REPRISE_PROVE === "all";

const patterns = globSync("*/notebook.ipynb", { cwd: import.meta.dirname })
  .map(dirname)
  .sort();

for (const pattern of patterns) {
  const folder = join(import.meta.dirname, pattern);
  test(`${pattern} is converted as expected, or diagnosed`, async (context) => {
    const home = mkdtempSync(join(tmpdir(), "reprise-pattern-"));
    context.after(() => rmSync(home, { recursive: true, force: true }));
    const project = join(home, "project");
    const notebook = join(folder, "notebook.ipynb");
    const { answer } = await callReprise<Converted>(["convert", notebook, "-o", project, "--no-lock"], folder);
    const found = told(answer);
    const file = join(folder, "expected.json");
    if (process.env.REPRISE_UPDATE === "1") writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
    assert.ok(existsSync(file), `${file} is missing: make it with REPRISE_UPDATE=1`);
    assert.deepEqual(found, JSON.parse(readFileSync(file, "utf8")));
    if (answer.outcome === "diagnosed" || !(provesAll || proven.includes(pattern))) return;
    const python = await requirePython(context, "ml");
    if (python === undefined) return;
    const environment = await forkedEnvironment(python, fresh.includes(pattern));
    const proof = await callReprise<{ readonly outcome: string; readonly reason?: string }>(
      ["verify", notebook, project, "--runs", "1", "--environment", environment],
      home,
    );
    assert.match(proof.answer.outcome, /^(identical|equivalent)$/, proof.answer.reason);
  });
}

function told(answer: Converted): Expected {
  if (answer.outcome === "diagnosed") {
    return {
      outcome: "diagnosed",
      reasons: (answer.findings ?? []).map(({ rule, cell, subject }) => `${rule} in cell ${cell}: ${subject}`),
    };
  }
  return {
    outcome: "converted",
    stages: (answer.stages ?? []).map(({ name }) => name),
    leftOut: (answer.left_out ?? []).map(({ cell, why }) => `cell ${cell}: ${why}`),
  };
}
