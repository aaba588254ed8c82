import { createHash } from "node:crypto";
import { basename, join, parse, resolve } from "node:path";
import { analyseNotebook } from "@reprise/core";
import {
  type BatchTask,
  type Engine,
  hashProject,
  hashText,
  keyTag,
  type ParameterSet,
  type ParameterValue,
  plainSet,
  plainValue,
  type RunRecord,
  type RunSettings,
  type RunSink,
  resolveParameters,
  runKey,
  runNotebook,
  runProject,
} from "@reprise/core/node";
import type { Call } from "../execute.ts";
import { outputIn } from "../output.ts";
import { recordedCommand } from "../recorded-command.ts";
import { openNotebook, pythonParser } from "./analysis.ts";
import type { BatchOptions } from "./batch.ts";
import type { PlannedSets } from "./batch-plan.ts";
import { openEngine } from "./engine.ts";
import { folderOf, makeLocked, readLock } from "./environment.ts";
import { readParameters } from "./parameters.ts";
import { environmentFor, notebookSettings, runSettings } from "./run.ts";
import { checkNames, lockIn, pythonIn, readProjectPlan } from "./run-project.ts";

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

/** Throws ProblemError as `run` does; RP142, RP143 for any of the sets, before anything runs. */
export async function openNotebookSource(
  path: string,
  planned: PlannedSets,
  options: BatchOptions,
  call: Call,
): Promise<BatchSource> {
  const notebook = await openNotebook(path, call);
  const parser = await pythonParser();
  const { values: fixed } = await readParameters({ ...options, parameters: [] });
  const sets = planned.sets.map((set) => {
    const { texts, values } = split(set, planned.texts);
    return resolveParameters(notebook, { values: { ...fixed, ...values }, texts }, parser);
  });
  const analysis = analyseNotebook(notebook, parser);
  const environment = await environmentFor(analysis, options, call);
  const directory = resolve(options.cwd ?? folderOf(path));
  const engine = await openEngine(options, environment, [directory], call);
  const settings = notebookSettings(analysis, directory, environment, { ...options, onTimeout: "fail" });
  const code = { path: notebook.path, hash: hashText(notebook.text) };
  const keyOf = keysOf(code, sets, engine, environment.locked?.lockHash, options);
  return {
    engine,
    code,
    sets,
    varying: varyingOf(sets),
    readsUnknown: analysis.document.files.some(({ path: file, use }) => use === "read" && isUnknown(file)),
    settings: { ...settings, engine, signal: call.signal },
    keyOf,
    async run({ index, attempt, signal, turn }, { folderOf: runFolder, parent, sink, variables }) {
      const name = `${parse(path).name}-${String(index).padStart(4, "0")}`;
      const output = options.outputs === undefined ? undefined : outputIn(options.outputs, `${name}.ipynb`);
      const { record } = await runNotebook({
        ...settings,
        name: `${options.name ?? name}${attempt > 1 ? `, try ${attempt}` : ""}`,
        engine,
        parameters: sets[index] as ReadonlyMap<string, ParameterValue>,
        parent,
        sink,
        signal,
        turn,
        tags: { ...settings.tags, [keyTag]: keyOf(index) },
        variables: { ...variables, ...settings.variables },
        ...(output !== undefined && { output }),
      });
      return { record, output: output ?? join(runFolder(record.id), "notebook.ipynb") };
    },
  };
}

/** A path that is computed, and an address, which says nothing about what lies there. */
const isUnknown = (path: string | undefined) => path === undefined || /^[a-z]+:\/\//i.test(path);

/** Throws ProblemError as `run` does for a project. */
export async function openProjectSource(
  path: string,
  planned: PlannedSets,
  options: BatchOptions,
  call: Call,
): Promise<BatchSource> {
  const folder = resolve(path);
  const plan = readProjectPlan(folder);
  const { values: fixed } = await readParameters({ ...options, parameters: [] });
  const sets = planned.sets.map((set) => new Map(Object.entries({ ...fixed, ...set })));
  for (const set of sets) checkNames(plan, Object.fromEntries(set), path);
  const locked = await readLock(lockIn(folder), pythonIn(folder), call);
  const environment =
    options.engine === "docker" ? { locked } : await makeLocked(locked, call, "the project's own lock");
  const dataDirectory = resolve(options.cwd ?? ".");
  const engine = await openEngine(options, environment, [folder, dataDirectory], call);
  const settings = {
    ...runSettings({ ...options, experiment: options.experiment ?? basename(folder) }),
    command: recordedCommand(),
    ...(environment.locked === undefined ? {} : { environment: environment.locked }),
  };
  const code = { path: folder, hash: await hashProject(folder) };
  const keyOf = keysOf(code, sets, engine, locked.lockHash, options);
  return {
    engine,
    code,
    sets,
    varying: varyingOf(sets),
    readsUnknown: true,
    settings: { ...settings, engine, signal: call.signal },
    keyOf,
    async run({ index, attempt, signal, turn }, { parent, sink, variables }) {
      const work = join(folder, "work", "batch", parent.slice(0, 12), String(index).padStart(4, "0"));
      const record = await runProject({
        ...settings,
        name: `${options.name ?? basename(folder)}-${index}${attempt > 1 ? `, try ${attempt}` : ""}`,
        engine,
        folder,
        package: plan.package,
        parameters: Object.fromEntries([...(sets[index] ?? [])].map(([name, value]) => [name, shellText(value)])),
        work,
        dataDirectory,
        parent,
        sink,
        signal,
        turn,
        tags: { ...settings.tags, [keyTag]: keyOf(index) },
        variables: { ...variables, ...settings.variables },
        ...(options.timeout === undefined ? {} : { timeoutMilliseconds: options.timeout * 1000 }),
      });
      return { record, output: work };
    },
  };
}

/** As the project's own command line takes it. */
function shellText(value: ParameterValue): string {
  const plain = plainValue(value);
  return typeof plain === "string" ? plain : JSON.stringify(plain);
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
  code: RunRecord["code"],
  sets: readonly ReadonlyMap<string, ParameterValue>[],
  engine: Engine,
  lockHash: string | undefined,
  { seed, cwd, env }: BatchOptions,
): (index: number) => string {
  const { image, kind, python } = engine.description;
  const surroundings = createHash("sha256")
    .update(JSON.stringify([resolve(cwd ?? "."), env ?? []]))
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
