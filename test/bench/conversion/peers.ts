import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeProject } from "../../../core/src/host/write-project.ts";
import { secretValues } from "../../../core/src/verify/sides/secret-values.ts";
import { table } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import { openBench } from "./bench.ts";
import { generated, writtenByHand } from "./corpus.ts";
import type { Bench } from "./judge-subject.ts";
import type { PeerResult } from "./judged.ts";
import { Kept } from "./kept.ts";
import { type Peer, peers } from "./peer.ts";
import { quietCell, type RunCell } from "./run-cells.ts";
import { compareAll, freshFiles, metricsFile, runCells, runStages, type Side } from "./side-runs.ts";
import { speakersOf } from "./speakers.ts";
import type { Subject } from "./subject.ts";

const own = "reprise convert";

/** Notebooks side by side. */
const workers = 2;

/**
 * Converts the notebooks of `conversion-by-hand` and of `conversion` (as many as `count` says) with Reprise, as it comes,
 * without a proof, and with other converters, runs what they make, and compares the values at the end, for all of them in
 * the same way. Notebooks whose runs differ in a value are compared in the others.
 */
export async function conversionBesidePeers({ count = 300, seed, keep }: BenchOptions): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), "reprise-peers-"));
  const bench = await openBench(work);
  const kept = new Kept(keep, `peers-${seed}`);
  try {
    const subjects = [...writtenByHand(work), ...generated(count, seed, work)];
    const results = new Map<string, Readonly<Record<string, PeerResult>>>();
    let done = 0;
    const waiting = subjects.values();
    const worker = async (): Promise<void> => {
      for (const subject of waiting) {
        const known = kept.get(subject)?.peers;
        const found = known ?? (await besidePeers(subject, bench));
        if (known === undefined)
          kept.add({ name: subject.name, group: subject.group, outcome: "converted", peers: found });
        if (Object.keys(found).length > 0) results.set(subject.name, found);
        done += 1;
        process.stderr.write(`\r${done} of ${subjects.length} `);
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    return resultsText(results);
  } finally {
    await bench.close();
    rmSync(work, { recursive: true, force: true });
  }
}

/** Nothing for a notebook that does not run. */
async function besidePeers(subject: Subject, bench: Bench): Promise<Readonly<Record<string, PeerResult>>> {
  const folder = join(bench.work, "peers", subject.name);
  const analysis = bench.converter.analyse(subject);
  const cells: RunCell[] = analysis.notebook.cells.flatMap((cell) =>
    cell.kind === "code" ? [quietCell(cell.source)] : [],
  );
  const notebook: Side[] = [];
  for (const number of [1, 2, 3]) {
    notebook.push(await runCells(bench.python, subject, cells, join(folder, `notebook-${number}`)));
  }
  if (notebook.some(({ error }) => error !== undefined)) return {};
  const results: Record<string, PeerResult> = { [own]: await ownResult(subject, bench, notebook, folder) };
  for (const peer of peers) {
    results[peer.name] = await peerResult(peer, subject, bench, notebook, join(folder, peer.name.replace(/\W+/g, "-")));
  }
  rmSync(folder, { recursive: true, force: true });
  return results;
}

async function ownResult(
  subject: Subject,
  bench: Bench,
  notebook: readonly Side[],
  folder: string,
): Promise<PeerResult> {
  const conversion = await bench.converter.convert(subject, bench.converter.analyse(subject));
  if (conversion.outcome === "diagnosed") return { outcome: "refused", detail: conversion.reasons[0]?.message ?? "" };
  const projectFolder = join(folder, "project");
  await writeProject(conversion.project, projectFolder);
  const others = await runStages(bench.python, subject, conversion.plan, projectFolder, {
    folder: join(folder, "own"),
    secrets: secretValues(conversion.plan, conversion.dataflow),
  });
  return result(
    bench,
    { notebook, others, speakers: speakersOf(conversion), metrics: [metricsFile(join(folder, "own"))] },
    join(folder, "own-compared"),
  );
}

async function peerResult(
  peer: Peer,
  subject: Subject,
  bench: Bench,
  notebook: readonly Side[],
  folder: string,
): Promise<PeerResult> {
  const directory = freshFiles(subject, join(folder, "converted"));
  const others: Side[] = [];
  try {
    const made = { ...subject, folder: directory };
    for (const { name, cells } of await peer.convert(subject, directory)) {
      // Every task goes on in the folder that the one before it left.
      others.push(await runCells(bench.python, made, cells, join(folder, name), directory));
    }
  } catch (error) {
    return { outcome: "refused", detail: (error as Error).message };
  }
  return result(bench, { notebook, others }, join(folder, "compared"));
}

async function result(bench: Bench, sides: Parameters<typeof compareAll>[1], folder: string): Promise<PeerResult> {
  const failed = sides.others.find(({ error }) => error !== undefined);
  if (failed !== undefined) return { outcome: "fails", detail: failed.error ?? "" };
  const { different, compared, absent } = await compareAll(bench.python, sides, folder);
  if (compared.length === 0) {
    return absent.length > 0
      ? { outcome: "different", detail: `no value of the notebook is there: ${absent.join(", ")}` }
      : { outcome: "uncompared", detail: "no value is one that several runs of the notebook agree on" };
  }
  return different.length === 0
    ? { outcome: "same" }
    : { outcome: "different", detail: different.slice(0, 3).join("; ") };
}

function resultsText(results: ReadonlyMap<string, Readonly<Record<string, PeerResult>>>): string {
  const rows = [own, ...peers.map(({ name }) => name)].map((name) => {
    const all = [...results.values()].flatMap((each) => each[name] ?? []);
    const count = (outcome: PeerResult["outcome"]) => all.filter((each) => each.outcome === outcome).length;
    const run = count("same") + count("different") + count("uncompared");
    const found = [count("same"), count("different"), count("uncompared")];
    return [name, all.length - count("refused"), run, ...found].map(String);
  });
  const told = [...results].flatMap(([notebook, found]) =>
    Object.entries(found).flatMap(([name, { outcome, detail }]) =>
      outcome === "same" ? [] : [`- ${notebook}, ${name}, ${outcome}: ${detail?.slice(0, 200)}`],
    ),
  );
  const values = ["same values", "other values, in silence", "nothing to compare"];
  const head = [`${results.size} notebooks that run`, "converted", "runs", ...values];
  return `${table(head, rows)}\n\n${told.join("\n")}`;
}
