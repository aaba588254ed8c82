import assert from "node:assert/strict";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { forkedEnvironment } from "../support/forked-environment.ts";
import { requirePython } from "../support/python.ts";
import { callReprise } from "./command-line.ts";
import { isMeant, lineOf, readExpectation, samplesFolder, type ToldFinding } from "./expectation.ts";

interface Converted {
  readonly outcome: string;
  readonly stages?: readonly { readonly name: string }[];
  readonly parameters?: readonly { readonly name: string }[];
  readonly findings?: readonly ToldFinding[];
}

interface Verified {
  readonly outcome: string;
  readonly values?: readonly {
    readonly name: string;
    readonly stage: string;
    readonly verdict: string;
    readonly detail: string;
  }[];
  readonly reason?: string;
  readonly error?: { readonly message: string };
}

/** Proven in processes that start from nothing; the others in forks. One writes files and reads them, one uses torch. */
const fresh: readonly string[] = ["co2", "digits"];

const samples = globSync("*/expected.json", { cwd: samplesFolder }).map(dirname).sort();

// This file is the last that ends: two at a time keep the other core from waiting.
describe("samples", { concurrency: 2 }, () => {
  for (const sample of samples) {
    const expected = readExpectation(sample);
    const notebook = join(samplesFolder, sample, `${sample}.ipynb`);

    test(`${sample} (${expected.about}): ${expected.convert}`, { timeout: 600_000 }, async (context) => {
      const home = mkdtempSync(join(tmpdir(), "reprise-sample-"));
      const project = join(home, sample);
      context.after(() => rmSync(home, { recursive: true, force: true }));
      const before = readFileSync(notebook, "utf8");
      const { answer } = await callReprise<Converted>(["convert", notebook, "-o", project, "--no-lock"], home);
      assert.equal(answer.outcome, expected.convert);
      assert.equal(readFileSync(notebook, "utf8"), before, "the notebook was touched");

      if (expected.diagnosis !== undefined) {
        const { diagnosis } = expected;
        const named = (answer.findings ?? []).some((finding) => isMeant(diagnosis, finding));
        assert.ok(named, `${lineOf(diagnosis)} is not among: ${(answer.findings ?? []).map(lineOf).join("; ")}`);
        assert.ok(!existsSync(project), "a project was made");
        return;
      }
      const stages = (answer.stages ?? []).map(({ name }) => name);
      const parameters = (answer.parameters ?? []).map(({ name }) => name);
      assert.deepEqual(
        expected.stages.filter((name) => !stages.includes(name)),
        [],
        `stages: ${stages.join(", ")}`,
      );
      assert.deepEqual(
        expected.parameters.filter((name) => !parameters.includes(name)),
        [],
        `parameters: ${parameters.join(", ")}`,
      );

      await context.test(`the proof says ${expected.verify.join(" or ")}`, async (proof) => {
        if (expected.slow && process.env.REPRISE_REQUIRE !== "all") {
          proof.skip("takes longer than the others; REPRISE_REQUIRE=all runs it");
          return;
        }
        const python = await requirePython(proof, "ml");
        if (python === undefined) return;
        const environment = await forkedEnvironment(python, fresh.includes(sample));
        const verify = ["verify", notebook, project, "--environment", environment];
        const { answer: verdict } = await callReprise<Verified>(verify, home);
        const apart = (verdict.values ?? []).filter(({ verdict }) => verdict === "different" || verdict === "missing");
        const why = apart.map(({ name, stage, detail }) => `${stage}.${name}: ${detail}`).join("; ");
        assert.ok(
          expected.verify.includes(verdict.outcome),
          `${verdict.outcome}: ${why || verdict.reason || verdict.error?.message}`,
        );
        assert.ok((verdict.values ?? []).length > 0, "nothing was compared");
      });
    });
  }
});
