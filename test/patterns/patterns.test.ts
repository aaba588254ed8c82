import assert from "node:assert/strict";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { callReprise } from "../samples/command-line.ts";
import { forkedEnvironment } from "../support/forked-environment.ts";
import { requirePython } from "../support/python.ts";
import { expect, expectedFiles, ownFiles } from "./expected-project.ts";

/**
 * What must become of a pattern's notebook: its stages, what is left out, and what the proof says of the project that
 * stands in `expected`; or why there is no pipeline.
 */
interface Expected {
  readonly outcome: "converted" | "diagnosed";
  readonly stages?: readonly string[];
  readonly leftOut?: readonly string[];
  readonly verdict?: string;
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
  "11-plots-and-displays",
  "18-code-in-texts",
  "31-settings-in-the-middle",
  "32-code-made-while-it-runs",
  "33-classes-with-state",
  "36-commands-that-print",
  "37-own-modules",
  "38-attempts-given-up",
  "40-databases-that-are-written",
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
    const file = join(folder, "expected.json");
    const verdict = isProven(answer, pattern)
      ? await verdictOn(context, { notebook, project, home, isFresh: fresh.includes(pattern) })
      : undefined;
    const found = told(answer, verdict ?? expectedOf(file)?.verdict);
    const files = answer.outcome === "diagnosed" ? new Map<string, string>() : ownFiles(project);
    if (process.env.REPRISE_UPDATE === "1") {
      writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
      expect(folder, files);
    }
    assert.deepEqual(found, expectedOf(file), `where ${file} is missing or older, REPRISE_UPDATE=1 writes it`);
    assert.deepEqual(files, expectedFiles(folder));
  });
}

function expectedOf(file: string): Expected | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function isProven({ outcome }: Converted, pattern: string): boolean {
  return outcome !== "diagnosed" && (provesAll || proven.includes(pattern));
}

interface ToProve {
  readonly notebook: string;
  readonly project: string;
  readonly home: string;
  readonly isFresh: boolean;
}

/** What the proof says; undefined where there is nothing to run it with. */
async function verdictOn(
  context: TestContext,
  { notebook, project, home, isFresh }: ToProve,
): Promise<string | undefined> {
  const python = await requirePython(context, "ml");
  if (python === undefined) return undefined;
  const environment = await forkedEnvironment(python, isFresh);
  const proof = await callReprise<{ readonly outcome: string; readonly reason?: string }>(
    ["verify", notebook, project, "--runs", "1", "--environment", environment],
    home,
  );
  assert.match(proof.answer.outcome, /^(identical|equivalent)$/, proof.answer.reason);
  return proof.answer.outcome;
}

function told(answer: Converted, verdict: string | undefined): Expected {
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
    ...(verdict !== undefined && { verdict }),
  };
}
