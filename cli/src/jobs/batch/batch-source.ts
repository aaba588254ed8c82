import { createHash } from "node:crypto";
import { resolve } from "node:path";
import {
  type BatchTask,
  type Engine,
  type ParameterInput,
  type ParameterSet,
  type ParameterValue,
  plainSet,
  type RunRecord,
  type RunSettings,
  type RunSink,
  runKey,
} from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import { readParameters } from "../parameters.ts";
import type { BatchOptions } from "./batch-options.ts";
import type { PlannedSets } from "./batch-plan.ts";

/** What a batch runs: a notebook or a project, opened, its parameters checked, with an engine for all runs. */
export interface BatchSource {
  readonly engine: Engine;
  readonly code: RunRecord["code"];
  readonly sets: readonly ReadonlyMap<string, ParameterValue>[];
  /** Each parameter that a run sets, with all its values: for the batch's own record. */
  readonly varying: Readonly<Record<string, unknown>>;
  /** What all runs have in common: for the batch's own record. */
  readonly settings: RunSettings;
  /** What it may read is not all known: so far, an earlier run cannot be held against the data of today. */
  readonly readsUnknown: boolean;
  /** See `runKey`. */
  keyOf(index: number): string;
  run(task: BatchTask, own: OwnSettings): Promise<{ readonly record: RunRecord; readonly output?: string }>;
}

/** What each run is given besides its parameters. */
export interface OwnSettings {
  readonly parent: string;
  readonly sink: RunSink;
  /** Where a run is kept. */
  readonly folderOf: (id: string) => string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What a notebook or a project brings to its batch. */
export interface SourceParts extends Pick<BatchSource, "code" | "engine" | "readsUnknown" | "sets"> {
  readonly settings: Omit<RunSettings, "engine" | "signal">;
  readonly lockHash: string | undefined;
  run(task: BatchTask, key: string, own: OwnSettings): ReturnType<BatchSource["run"]>;
}

/** Puts a batch's source together: what its runs have in common, and how each is told from the others. */
export function batchSource(parts: SourceParts, options: BatchOptions, call: Call): BatchSource {
  const { code, engine, readsUnknown, settings, sets } = parts;
  const keyOf = keysOf(parts, options);
  return {
    code,
    engine,
    readsUnknown,
    sets,
    varying: varyingOf(sets),
    settings: { ...settings, engine, signal: call.signal },
    keyOf,
    run: (task, own) => parts.run(task, keyOf(task.index), own),
  };
}

/** The sets of a batch as each run is given them: what all have in common, then its own. */
export async function inputsOf(
  planned: PlannedSets,
  options: BatchOptions,
  call: Call,
): Promise<readonly ParameterInput[]> {
  const { values: fixed } = await readParameters({ ...options, parameters: [] }, call);
  return planned.sets.map((set) => {
    const { texts, values } = split(set, planned.texts);
    return { values: { ...fixed, ...values }, texts };
  });
}

function split(set: ParameterSet, texts: ReadonlySet<string>) {
  const parts: { texts: Record<string, string>; values: Record<string, ParameterValue> } = { texts: {}, values: {} };
  for (const [name, value] of Object.entries(set)) {
    if (texts.has(name)) parts.texts[name] = String(value);
    else parts.values[name] = value;
  }
  return parts;
}

function varyingOf(sets: readonly ReadonlyMap<string, ParameterValue>[]): Readonly<Record<string, unknown>> {
  const values = new Map<string, Map<string, unknown>>();
  for (const set of sets) {
    for (const [name, value] of Object.entries(plainSet(set))) {
      const known = values.get(name) ?? new Map<string, unknown>();
      values.set(name, known.set(JSON.stringify(value), value));
    }
  }
  return Object.fromEntries([...values].map(([name, known]) => [name, [...known.values()]]));
}

function keysOf(
  { code, engine, lockHash, sets }: SourceParts,
  { cwd, env, environment, kernel, seed }: BatchOptions,
): (index: number) => string {
  const { image, kind, python } = engine.description;
  const surroundings = createHash("sha256")
    .update(JSON.stringify([resolve(cwd ?? "."), env ?? [], environment, kernel ?? null]))
    .digest("hex");
  return (index) =>
    runKey({
      codeHash: code.hash,
      parameters: plainSet(sets[index] ?? new Map()),
      environment: `${lockHash ?? python} ${surroundings}`,
      engine: `${kind} ${image?.digest ?? ""}`,
      ...(seed !== undefined && { seed }),
    });
}
