import { basename, join, resolve } from "node:path";
import { type Environment, foldersBeyond, hashProject, keyTag, runProject } from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import { recordedCommand } from "../../recorded-command.ts";
import { openEngine } from "../engine.ts";
import { type ChosenEnvironment, makeLocked, readLock } from "../environment.ts";
import { projectValues } from "../project-parameters.ts";
import { lockIn, pythonIn, readProjectPlan } from "../run/run-project.ts";
import { runSettings } from "../run/run-settings.ts";
import type { BatchOptions } from "./batch-options.ts";
import type { PlannedSets } from "./batch-plan.ts";
import { type BatchSource, batchSource, inputsOf } from "./batch-source.ts";

/** Throws ProblemError as `run` does for a project; RP142, RP143 for any of the sets, before anything runs. */
export async function openProjectSource(
  path: string,
  planned: PlannedSets,
  options: BatchOptions,
  call: Call,
): Promise<BatchSource> {
  const folder = resolve(path);
  const plan = readProjectPlan(folder);
  const inputs = await inputsOf(planned, options, call);
  const sets = await Promise.all(inputs.map((input) => projectValues(plan, input, path)));
  const locked = await readLock(lockIn(folder), pythonIn(folder), call);
  const environment = await environmentOf(locked, options, call);
  const dataDirectory = resolve(options.cwd ?? ".");
  const code = { path: folder, hash: await hashProject(folder) };
  const values = [
    ...plan.parameters.map((parameter) => parameter.default),
    ...sets.flatMap((set) => [...set.values()]),
  ];
  const folders = [folder, dataDirectory, ...foldersBeyond(values, dataDirectory)];
  const engine = await openEngine(options, environment, folders, call);
  const settings = {
    ...runSettings({ ...options, experiment: options.experiment ?? basename(folder) }),
    command: recordedCommand(),
    ...(environment.locked === undefined ? {} : { environment: environment.locked }),
  };
  const parts = { code, engine, lockHash: locked.lockHash, readsUnknown: true, settings, sets };
  const run: Parameters<typeof batchSource>[0]["run"] = async ({ index, attempt, signal, turn }, key, own) => {
    const { parent, sink } = own;
    const work = join(folder, "work", "batch", parent.slice(0, 12), String(index).padStart(4, "0"));
    const record = await runProject({
      ...settings,
      name: `${options.name ?? basename(folder)}-${index}${attempt > 1 ? `, try ${attempt}` : ""}`,
      engine,
      folder,
      package: plan.package,
      parameters: Object.fromEntries(sets[index] ?? []),
      work,
      dataDirectory,
      parent,
      sink,
      signal,
      turn,
      tags: { ...settings.tags, [keyTag]: key },
      variables: { ...own.variables, ...settings.variables },
      ...(options.timeout === undefined ? {} : { timeoutMilliseconds: options.timeout * 1000 }),
    });
    return { record, output: work };
  };
  return batchSource({ ...parts, run }, options, call);
}

/** What is locked is put into an image, or made here; an image on Ray has its own. */
async function environmentOf(
  locked: Environment,
  { engine, image }: BatchOptions,
  call: Call,
): Promise<Partial<ChosenEnvironment>> {
  if (engine === "ray" && image !== undefined) return {};
  return engine === "docker" ? { locked } : makeLocked(locked, call, "the project's own lock");
}
