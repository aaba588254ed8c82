import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import type { Engine } from "../../engine/engine.ts";
import { pathList } from "../../engine/path-list.ts";
import type { PipelinePlan } from "../../plan/plan.ts";
import type { ObservedValue, ProjectObservation } from "../../project/observation.ts";
import { placeAgent } from "../sides/agent-files.ts";
import type { Verification } from "../verdict.ts";

export interface ObserveRequest {
  readonly plan: PipelinePlan;
  readonly projectFolder: string;
  readonly engine: Engine;
  /** The folder that `verifyProject` worked in: what the stages saved lies in it. */
  readonly workFolder: string;
  readonly signal?: AbortSignal;
}

/** What a proven run showed: the values, and the versions of the project's packages. */
export interface ObservedProject {
  readonly observation: ProjectObservation;
  readonly versions: Readonly<Record<string, string>>;
}

type Seen = Readonly<Record<string, Readonly<Record<string, ObservedValue>>>>;

/**
 * Loads what the stages of a proven project saved, in the environment that it ran in, and tells the types, schemas and
 * summaries of the values. That it fails is a bug; a value that cannot be described is left out.
 */
export async function observeProject(request: ObserveRequest, verification: Verification): Promise<ObservedProject> {
  const { plan, projectFolder, engine, workFolder, signal } = request;
  const agent = await placeAgent(workFolder);
  const [asked, answered] = [join(workFolder, "observe.json"), join(workFolder, "observed.json")];
  const question = {
    package: plan.package,
    stages: plan.stages.map(({ name }) => name),
    work: engine.pathInside(join(workFolder, "project", "work")),
    summary: engine.pathInside(join(projectFolder, "tests", "value_summary.py")),
    distributions: await distributionsOf(projectFolder),
  };
  await writeFile(asked, JSON.stringify(question));
  const { code, stderr } = await engine.run({
    command: ["python", "-m", "reprise_record", engine.pathInside(asked), engine.pathInside(answered)],
    directory: workFolder,
    environment: {
      PYTHONPATH: pathList(engine, [engine.pathInside(join(projectFolder, "src")), engine.pathInside(agent)]),
      MPLBACKEND: "Agg",
    },
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  if (code !== 0) throw new Error(`Describing the project's values failed: ${stderr}`);
  const { stages, versions } = JSON.parse(await readFile(answered, "utf8")) as {
    stages: Seen;
    versions: Readonly<Record<string, string>>;
  };
  return { observation: { values: judged(stages, verification), tolerance: verification.tolerance }, versions };
}

/** Each value with its verdict; none for what two runs of the notebook do not agree on, in whole or in part. */
function judged(seen: Seen, { values, nondeterministic }: Verification): Seen {
  const verdicts = new Map(values.map(({ stage, name, verdict }) => [`${stage} ${name}`, verdict]));
  const random = new Set(nondeterministic.map(({ name }) => /^[\p{L}\p{N}_]+/u.exec(name)?.[0] ?? name));
  const withVerdict = (stage: string, name: string, value: ObservedValue): ObservedValue => {
    const verdict = random.has(name) ? undefined : verdicts.get(`${stage} ${name}`);
    return verdict === "identical" || verdict === "equivalent" ? { ...value, verdict } : value;
  };
  return Object.fromEntries(
    Object.entries(seen).map(([stage, named]) => [
      stage,
      Object.fromEntries(Object.entries(named).map(([name, value]) => [name, withVerdict(stage, name, value)])),
    ]),
  );
}

/** The distributions that the project's pyproject.toml names. */
async function distributionsOf(projectFolder: string): Promise<readonly string[]> {
  const text = await readFile(join(projectFolder, "pyproject.toml"), "utf8").catch(() => "");
  let read: unknown;
  try {
    read = parse(text);
  } catch {
    return [];
  }
  const { project } = read as { readonly project?: { readonly dependencies?: unknown } };
  const named = Array.isArray(project?.dependencies) ? project.dependencies : [];
  return named.flatMap((each) => /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(String(each))?.[0] ?? []);
}
