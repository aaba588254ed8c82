import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { writeFileAtomically } from "../host/atomic-file.ts";
import type { PipelinePlan } from "../plan/plan.ts";
import {
  badgeFile,
  codeHash,
  isProven,
  type ProofRecord,
  proofBadge,
  proofFile,
} from "../project/pages/proof-record.ts";
import type { Templates } from "../project/project.ts";
import { type Recorded, recordedFile, recordedOf } from "../project/tests/recorded-values.ts";
import type { ObservedProject } from "./observation/observe-project.ts";
import type { Verification } from "./verdict.ts";

/** The record of a proof that just ended. `code` is the hash of what was proven (`codeHash`). */
export function proofRecord(
  verification: Verification,
  versions: Readonly<Record<string, string>>,
  { notebook }: PipelinePlan,
  code: string,
): ProofRecord {
  const verdicts = [...verification.values, ...verification.outputs].map(({ verdict }) => verdict);
  const counts = Object.fromEntries(
    [...Map.groupBy(verdicts, (verdict) => verdict)].map(([verdict, all]) => [verdict, all.length]),
  );
  return {
    schema: "reprise.proof/1",
    outcome: verification.outcome,
    date: new Date().toISOString().slice(0, 10),
    tolerance: verification.tolerance,
    counts,
    nondeterministic: verification.nondeterministic.map(({ name, cell }) => ({ name, cell })),
    versions,
    notebook: { sha256: notebook.sha256 },
    code,
  };
}

/**
 * Writes what a proof found into its project: `proof.json`, the badge in the README, and, where the proof holds, the
 * values that its regression tests compare with. What stands in the project of another proof is replaced.
 */
export async function keepProof(
  folder: string,
  plan: PipelinePlan,
  verification: Verification,
  observed: ObservedProject | undefined,
  templates: Templates,
): Promise<ProofRecord> {
  const record = proofRecord(verification, observed?.versions ?? {}, plan, await hashOnDisk(folder));
  await writeFileAtomically(join(folder, proofFile), `${JSON.stringify(record, null, 2)}\n`);
  await writeFileAtomically(join(folder, badgeFile), proofBadge(record, templates));
  const recorded = join(folder, recordedFile);
  if (observed !== undefined && existsSync(recorded)) {
    const { metrics } = JSON.parse(await readFile(recorded, "utf8")) as Recorded;
    await writeFileAtomically(recorded, `${JSON.stringify(recordedOf(metrics, observed.observation), null, 2)}\n`);
  }
  return record;
}

/** The last proof of a project, and whether its code, its parameters or its lock are others since; nothing without one. */
export async function proofOn(
  folder: string,
): Promise<{ readonly record: ProofRecord; readonly isStale: boolean } | undefined> {
  const file = join(folder, proofFile);
  if (!existsSync(file)) return undefined;
  const record = JSON.parse(await readFile(file, "utf8")) as ProofRecord;
  return { record, isStale: record.code !== (await hashOnDisk(folder)) };
}

/** Takes away a proof that is of another version of the project: its badge says that nothing is proven. */
export async function dropProof(folder: string, templates: Templates): Promise<void> {
  await rm(join(folder, proofFile), { force: true });
  await writeFileAtomically(join(folder, badgeFile), proofBadge(undefined, templates));
}

async function hashOnDisk(folder: string): Promise<string> {
  const below = await readdir(join(folder, "src"), { recursive: true, withFileTypes: true });
  const sources = below
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const paths = [...sources, "params.yaml", "pylock.toml"]
    .filter(isProven)
    .filter((path) => existsSync(join(folder, path)));
  return codeHash(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const)),
  );
}
