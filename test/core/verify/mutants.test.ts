import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { beginNotebook, type NotebookRuns, repeatNotebook } from "../../../core/src/verify/sides/notebook-runs.ts";
import { captureProject } from "../../../core/src/verify/sides/project-run.ts";
import { captureStage, type StageCapture } from "../../../core/src/verify/sides/stage-capture.ts";
import { type WrittenFiles, WrittenFilesWatch } from "../../../core/src/verify/sides/written-files.ts";
import type { Verification } from "../../../core/src/verify/verdict.ts";
import { compareSides } from "../../../core/src/verify/verify-project.ts";
import type { VerifyRequest } from "../../../core/src/verify/verify-request.ts";
import { forkedPython } from "../../bench/forked-python/forked-python.ts";
import { librariesOf } from "../../bench/mutation/subject.ts";
import { writtenAnew } from "../../bench/mutation/written-anew.ts";
import { requirePython } from "../../support/python.ts";
import { wineFolder, wineRequest } from "./wine.ts";

interface Mutant {
  readonly name: string;
  readonly rtol?: number;
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  /** The stages that run again; those before them are taken from the sound project's run. */
  readonly stages: readonly string[];
  readonly expect: {
    readonly stage: string;
    readonly name: string;
    readonly verdict: string;
    readonly detail: string;
    readonly origin: string;
    /** Where the comparison sees it first, if that is an earlier stage. */
    readonly originStage?: string;
  };
}

const mutants = JSON.parse(readFileSync(join(wineFolder, "mutants.json"), "utf8")) as Mutant[];

test("a project that computes what its notebook computes is proven, and every way to break it is found and named", {
  concurrency: 2,
}, async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), "reprise-mutants-"));
  await using request = await wineRequest(python, join(wineFolder, "project"), join(folder, "sound"));
  try {
    const begun = await beginNotebook(request);
    assert.equal(begun.first.stopped, undefined);
    const [notebook, project] = await Promise.all([repeatNotebook(request, begun), captureProject(request, begun)]);

    await context.test("the sound project is identical, and nothing was left out of the comparison", async () => {
      const verification = await compareSides(request, notebook, project);
      assert.equal(verification.outcome, "identical", JSON.stringify(verification, null, 1));
      assert.deepEqual(verification.nondeterministic, []);
      assert.equal(verification.reason, undefined);
      assert.deepEqual(
        verification.values.map(({ stage, name, crosses }) => `${stage} ${name}${crosses ? " crosses" : ""}`),
        JSON.parse(readFileSync(join(wineFolder, "compared-values.json"), "utf8")),
      );
      assert.deepEqual(
        verification.outputs.map(({ cell, kind }) => `${cell} ${kind}`),
        ["4 display", "4 file", "5 figure", "9 stream", "13 stream", "13 display"],
      );
    });

    await using forked = await forkedEngine(python, request.projectFolder);
    const broken = mutants.map((mutant, at) =>
      context.test(mutant.name, async () => {
        const work = join(folder, `mutant-${at}`);
        const verification = await verifyMutant(
          mutant,
          work,
          { ...request, engine: forked.engine },
          notebook,
          project.written,
        );
        const { stage, name, verdict, detail, origin, originStage = stage } = mutant.expect;
        assert.equal(verification.outcome, "different");
        const all = [
          ...verification.values,
          ...verification.outputs.map((output) => ({ ...output, name: output.kind as string })),
        ];
        const found = all.find((each) => each.stage === stage && each.name === name && each.verdict === verdict);
        assert.ok(
          found,
          JSON.stringify(
            all.filter((each) => each.verdict !== "identical"),
            null,
            1,
          ),
        );
        assert.ok(found.detail.includes(detail), found.detail);
        assert.equal(verification.origin?.stage, originStage);
        assert.equal(verification.origin?.name, origin);
      }),
    );
    await Promise.all(broken);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The stages of the broken projects are forks of a process that has imported their libraries: importing takes longest. */
async function forkedEngine(
  python: string,
  projectFolder: string,
): Promise<{ readonly engine: Engine; [Symbol.asyncDispose](): Promise<void> }> {
  const environment = { PYTHONHASHSEED: "0", MPLBACKEND: "Agg" };
  const forks = await forkedPython({ python, libraries: librariesOf(projectFolder), environment });
  const engine = await localEngine({ environment: { python: forks.python, folder: forks.folder, version: "3.11" } });
  return {
    engine,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await forks.close();
    },
  };
}

/** Breaks the project, runs the stages that it concerns after what the sound project left, and compares these. */
async function verifyMutant(
  mutant: Mutant,
  workFolder: string,
  sound: VerifyRequest,
  notebook: NotebookRuns,
  earlier: WrittenFiles,
): Promise<Verification> {
  const projectFolder = join(workFolder, "broken");
  cpSync(sound.projectFolder, projectFolder, { recursive: true });
  for (const { file, find, replace } of mutant.edits) {
    const path = join(projectFolder, "src", "wine", file);
    const text = readFileSync(path, "utf8");
    assert.equal(text.split(find).length, 2, `${file} holds "${find}" once`);
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
  }
  const work = join(workFolder, "work");
  cpSync(join(sound.workFolder, "project", "work"), work, { recursive: true });
  const workspace = await notebook.source.open(join(workFolder, "files"), { files: [], folders: [] });
  const files = await WrittenFilesWatch.of(workspace);
  const stages = new Map<string, StageCapture>();
  for (const stage of sound.plan.stages.filter(({ name }) => mutant.stages.includes(name))) {
    const capture = await captureStage(stage, {
      engine: sound.engine,
      agent: notebook.agent,
      package: "wine",
      projectFolder,
      directory: workspace.directory,
      work,
      folder: join(workFolder, "stages"),
      seed: 0,
      metrics: sound.plan.metrics,
      arguments: [],
    });
    assert.equal(capture.failure, undefined, capture.failure?.traceback.join("\n"));
    stages.set(stage.name, capture);
    await files.step(stage.name);
  }
  const request = { ...sound, projectFolder, workFolder, rtol: mutant.rtol ?? sound.rtol };
  const written = writtenAnew(earlier, new Set(mutant.stages), await files.keep(join(workFolder, "written")));
  return compareSides(request, notebook, { stages, written });
}
