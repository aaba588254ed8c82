import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { secretValues } from "../../../core/src/verify/sides/secret-values.ts";
import type { Converter } from "./converter.ts";
import type { Judged } from "./judged.ts";
import { lintFindings } from "./lint.ts";
import { warmLockMilliseconds } from "./lock-time.ts";
import { type Proven, proveConversion } from "./proof-loop.ts";
import { readabilityOf } from "./readability.ts";
import { runCellsOf } from "./run-cells.ts";
import { type Compared, compareAll, metricsFile, runCells, runStages, type Side } from "./side-runs.ts";
import { speakersOf } from "./speakers.ts";
import type { Subject } from "./subject.ts";

export interface Bench {
  readonly converter: Converter;
  readonly engine: Engine;
  readonly python: string;
  readonly work: string;
}

/** Converts one notebook, has it proven, and looks for itself whether the project computes what the notebook computes. */
export async function judgeSubject(subject: Subject, bench: Bench): Promise<Judged> {
  const { name, group } = subject;
  const work = join(bench.work, group, `${name}-work`);
  mkdirSync(work, { recursive: true });
  try {
    const began = performance.now();
    const analysis = bench.converter.analyse(subject);
    const conversion = await bench.converter.convert(subject, analysis);
    const convertMilliseconds = performance.now() - began;
    const cells = runCellsOf(subject, conversion);
    const started = performance.now();
    const first = await runCells(bench.python, subject, cells, join(work, "notebook-1"));
    const notebookSeconds = (performance.now() - started) / 1000;
    const about = { name, group, convertMilliseconds, ...(first.error === undefined ? {} : { fails: first.error }) };
    if (conversion.outcome === "diagnosed") {
      const reasons = conversion.reasons.map(({ rule, cell, message }) => `${rule} in cell ${cell}: ${message}`);
      return { ...about, outcome: "diagnosed", reasons };
    }
    const planned = conversion.plan.stages.map((stage) => stage.name);
    if (first.error !== undefined) return { ...about, outcome: "converted", planned };
    const proven = await proveConversion(subject, conversion, { ...bench, work });
    const again = (folder: string) => runCells(bench.python, subject, cells, folder);
    const compared = await compare(subject, bench, proven, { first, again }, work);
    const lockMilliseconds = await warmLockMilliseconds(analysis).catch(() => undefined);
    return {
      ...about,
      ...(lockMilliseconds === undefined ? {} : { lockMilliseconds }),
      lint: await lintFindings(proven.projectFolder, bench.work),
      outcome: "converted",
      planned,
      stages: proven.converted.plan.stages.map((stage) => stage.name),
      notes: proven.converted.plan.notes,
      proof: proven.verification.outcome,
      ...originOf(proven),
      refinements: proven.refinements.map(({ why, change }) => ({ why, change })),
      different: [
        ...compared.different,
        ...compared.printed.map((line) => `printed: ${line}`),
        ...compared.shown.map((value) => `shown: ${value}`),
      ],
      compared: compared.compared.length,
      absent: compared.absent,
      notebookSeconds,
      proofSeconds: proven.seconds,
      readability: readabilityOf(proven.converted),
    };
  } catch (error) {
    return { name, group, outcome: "converted", crash: (error as Error).stack ?? String(error) };
  } finally {
    if (process.env.REPRISE_BENCH_KEEP === undefined) rmSync(work, { recursive: true, force: true });
  }
}

async function compare(
  subject: Subject,
  { python }: Bench,
  { converted, projectFolder }: Proven,
  { first, again }: { readonly first: Side; again(folder: string): Promise<Side> },
  work: string,
): Promise<Compared> {
  const secrets = secretValues(converted.plan, converted.dataflow);
  const given = { folder: join(work, "stages"), secrets };
  const others = await runStages(python, subject, converted.plan, projectFolder, given);
  const metrics = [metricsFile(join(work, "stages"))];
  const sides = { others, speakers: speakersOf(converted), metrics };
  let compared = await compareAll(python, { ...sides, notebook: [first] }, join(work, "compared"));
  const runs = [first];
  // Where nobody seeds, two runs can agree by chance.
  const most = converted.plan.seeding.seeded.length > 0 ? 6 : 2;
  while (runs.length < most && differs(compared)) {
    runs.push(await again(join(work, `notebook-${runs.length + 1}`)));
    compared = await compareAll(python, { ...sides, notebook: runs }, join(work, `compared-${runs.length}`));
  }
  // Where nobody seeds, the project's one seed may give what the notebook's few runs did not.
  const seeds = converted.plan.seeding.seeded.length > 0 ? 4 : 0;
  const otherSeeds: (readonly Side[])[] = [];
  while (otherSeeds.length < seeds && differs(compared)) {
    const number = otherSeeds.length + 1;
    const seeded = {
      secrets,
      folder: join(work, `stages-${number}`),
      arguments: [`--seed=${converted.plan.seeding.default + number}`],
    };
    otherSeeds.push(await runStages(python, subject, converted.plan, projectFolder, seeded));
    metrics.push(metricsFile(seeded.folder));
    compared = await compareAll(
      python,
      { ...sides, notebook: runs, otherSeeds },
      join(work, `compared-seeds-${number}`),
    );
  }
  const failed = others.find(({ error }) => error !== undefined);
  return failed === undefined ? compared : { ...compared, different: [`a stage fails: ${failed.error}`] };
}

function differs({ different, printed, shown }: Compared): boolean {
  return different.length + printed.length + shown.length > 0;
}

function originOf({ verification }: Proven): Pick<Judged, "origin"> {
  const { origin, failed, reason } = verification;
  if (origin) return { origin: `${origin.name} of ${origin.stage} (cell ${origin.cell}): ${origin.message}` };
  if (failed) return { origin: `${failed.stage} fails: ${failed.message}` };
  return reason === undefined ? {} : { origin: reason };
}
