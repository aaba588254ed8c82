import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Dataflow, ParsedCell } from "../dataflow/model.ts";
import { loadGrammar } from "../host/assets.ts";
import type { Notebook } from "../notebook/model.ts";
import { ProblemError } from "../problem/problem.ts";
import type { PythonParser } from "../python/ast.ts";
import { createPythonParser } from "../python/parser.ts";
import type { Environment } from "./environment.ts";
import { environmentFromLock, lockEnvironment } from "./lock/lock.ts";
import type { LockOptions, LockRequest } from "./lock/lock-request.ts";
import { normalizeName, parseRequirement } from "./lock/requirement.ts";
import { localNames, readLocalModules } from "./needs/local-modules.ts";
import { type Need, type Needs, needsOf } from "./needs/needs.ts";
import { type Pins, pinsBeside, pinsOfFile } from "./needs/pins.ts";
import { recordedVersions } from "./needs/recorded-versions.ts";
import { usageOf } from "./needs/usage.ts";
import { lastDay, lowest, olderVersions, type VersionLimit, versionLimits } from "./needs/version-limits.ts";
import { choosePython } from "./python/interpreter.ts";

export interface NotebookEnvironmentOptions extends LockOptions {
  /** Where the notebook lies; its own path's folder by default. */
  readonly folder?: string;
  /** `3.11`; by default the notebook's, if this machine has it. */
  readonly python?: string;
  /** Nothing newer than that day, for what no file beside the notebook and no line in it decides. */
  readonly asOf?: string;
  /** What else the project imports: `joblib`, `pyyaml`. In `direct`, like the notebook's own. */
  readonly alsoNeeded?: readonly string[];
  /** Versions that are too new, as running showed; those that the code shows are found without. */
  readonly limits?: readonly VersionLimit[];
}

/** What of an analysed notebook decides its environment. */
type Flow = Pick<Dataflow, "cells" | "statements">;

/** What is asked of the resolver for a notebook; or the lock that lies beside it, which is the answer already. */
export type NotebookRequest =
  | { readonly kind: "locked"; readonly environment: Environment }
  | { readonly kind: "request"; readonly request: LockRequest; readonly needs: readonly Need[] };

/**
 * The environment of a notebook, locked: what it imports, hidden needs, what it installs itself; versions from the lock
 * or pins beside it, its `%pip` lines, versions that it printed, the date, today, in that order. Each that decided
 * stands in `reasons`. Throws ProblemError RP301 to RP308.
 */
export async function environmentOf(
  notebook: Notebook,
  flow: Flow,
  options: NotebookEnvironmentOptions = {},
): Promise<Environment> {
  const asked = await requestFor(notebook, flow, options);
  if (asked.kind === "locked") return asked.environment;
  return await atItsCell(notebook, asked.needs, () => lockEnvironment(asked.request, options));
}

/** What `lock` answers; where a package is on no index, the error says which cell needs it. */
export async function atItsCell<T>(
  { path }: Pick<Notebook, "path">,
  needs: readonly Need[],
  lock: () => Promise<T>,
): Promise<T> {
  try {
    return await lock();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.id !== "RP304") throw error;
    const { message } = error.problem;
    const need = needs.find(({ name }) => message.includes(` ${name}.`));
    if (need === undefined) throw error;
    throw new ProblemError({
      ...error.problem,
      message: `${message} It is needed for "${need.why}".`,
      place: { file: path, cell: need.cell },
    });
  }
}

/** The same, without resolving. */
export async function requestFor(
  notebook: Notebook,
  flow: Flow,
  options: NotebookEnvironmentOptions = {},
): Promise<NotebookRequest> {
  const folder = options.folder ?? (notebook.path === "-" ? process.cwd() : dirname(resolve(notebook.path)));
  const pins = pinsBeside(folder);
  const wanted = options.python ?? pins?.python;
  if (pins?.lock !== undefined) {
    const chosen = await choosePython(wanted, notebook.languageVersion, options);
    const environment = environmentFromLock(pins.lock, chosen.version, pins.file);
    return { kind: "locked", environment: { ...environment, reasons: [...environment.reasons, chosen.reason] } };
  }
  const recorded = recordedVersions(flow.cells);
  const limits = undecided(lowest([...versionLimits(flow), ...(options.limits ?? [])]), pins, recorded);
  const lastOld = options.asOf ?? lastDay(limits);
  const chosen = await choosePython(wanted, notebook.languageVersion, {
    ...options,
    ...(lastOld === undefined ? {} : { lastDay: lastOld }),
  });
  const { names, cells } = await localModulesOf(flow, folder);
  const needs = needsOf(usageOf({ cells: [...flow.cells, ...cells] }), {
    python: chosen.version,
    localModules: names,
  });
  const installed = needs.files
    .filter((file) => file !== pins?.file && existsSync(join(folder, file)))
    .map((file) => ({ ...pinsOfFile(join(folder, file)), file }));
  const files = pins === undefined ? installed : [pins, ...installed];
  const requirements = gather(files, needs.needs, options.alsoNeeded ?? []);
  const decided = new Set(requirements.filter((text) => /[<>=~@]/.test(text)).map(nameOf));
  const older = olderVersions(
    limits.filter(({ name }) => !decided.has(name)),
    chosen.version,
  );
  const request: LockRequest = {
    requirements,
    constraints: files.flatMap(({ constraints }) => constraints),
    prefer: recorded.filter(({ name }) => !decided.has(name)).map(({ name, version }) => `${name}==${version}`),
    ...(older === undefined ? {} : { older }),
    python: chosen.version,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
    reasons: [...new Set([chosen.reason, ...reasonsOf(files, needs, requirements)])],
  };
  return { kind: "request", request, needs: needs.needs };
}

/** What nothing says a version of: no file beside the notebook, no output of it. */
function undecided(
  limits: readonly VersionLimit[],
  pins: Pins | undefined,
  recorded: readonly { readonly name: string }[],
): readonly VersionLimit[] {
  const pinned = [...(pins?.requirements ?? []), ...(pins?.constraints ?? [])].filter((text) => /[<>=~@]/.test(text));
  const decided = new Set([...pinned.map(nameOf), ...recorded.map(({ name }) => name)]);
  return limits.filter(({ name }) => !decided.has(name));
}

/** Why something is asked for, a sentence each. */
function reasonsOf(files: readonly Pins[], { needs, leftOut }: Needs, requirements: readonly string[]): string[] {
  const said = new Set([
    ...needs.filter(({ source }) => source !== "call").map(({ name }) => name),
    ...files.flatMap((file) => file.requirements.map(nameOf)),
  ]);
  return [
    ...files.map((file) => sentenceOf(file)),
    ...needs
      .filter(({ source, requirement }) => source === "install" && /[<>=~]/.test(requirement))
      .filter(({ requirement }) => requirements.includes(requirement))
      .map(({ requirement, cell, why }) => `${requirement}: "${why}" in cell ${cell} says so.`),
    ...needs
      .filter(({ source, name }) => source === "call" && !said.has(name))
      .map(({ requirement, cell, why }) => `${requirement} is needed, though not imported: ${why} (cell ${cell}).`),
    ...[...leftOut, ...files.flatMap((file) => file.leftOut)],
  ];
}

let parser: Promise<PythonParser> | undefined;

/** What the notebook imports from its own project: these modules' imports are needed too. */
async function localModulesOf(flow: { readonly cells: readonly ParsedCell[] }, folder: string) {
  const names = localNames(flow, folder);
  if (names.size === 0) return { names, cells: [] };
  parser ??= createPythonParser(loadGrammar());
  return readLocalModules(flow, folder, await parser);
}

/**
 * One requirement for each distribution: a file beside the notebook is stronger than a line in it, and that is stronger
 * than a bare name.
 */
function gather(files: readonly Pins[], needs: readonly Need[], also: readonly string[]): readonly string[] {
  const byName = new Map<string, string>();
  const add = (text: string) => {
    const name = nameOf(text);
    if (!byName.has(name)) byName.set(name, text);
  };
  for (const { requirements } of files) requirements.forEach(add);
  for (const source of ["install", "import", "call"] as const) {
    for (const need of needs) if (need.source === source) add(need.requirement);
  }
  also.forEach(add);
  return [...byName.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf(text: string): string {
  return parseRequirement(text)?.name ?? normalizeName(text);
}

function sentenceOf({ file, constraints, requirements }: Pins): string {
  const count = constraints.length + requirements.length;
  return `Versions come first from ${file} (${count} ${count === 1 ? "entry" : "entries"}).`;
}
