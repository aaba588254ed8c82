import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { agentFailure } from "../sides/agent-failure.ts";
import type { VerdictKind } from "../verdict.ts";

/** What to compare; folders as `capture` wrote them, on this machine. */
export interface CompareRequest {
  readonly rtol: number;
  readonly atol: number;
  readonly stages: readonly StagePair[];
  readonly shown: readonly ShownPair[];
  /** Files that both sides wrote: what they hold is compared, by what they are. */
  readonly files: readonly FilePair[];
}

/** Values of a stage. */
export interface StagePair extends Sides {
  /** Name on the left, name on the right. */
  readonly names: readonly (readonly [string, string])[];
  /** What the sides are called in what is told. */
  readonly sides: readonly [string, string];
  /** Names of values that the stage is given and leaves alone. */
  readonly alone?: readonly string[];
  /** Names of one file each: values of different files are no longer one object, as the plan wants it. */
  readonly together?: readonly (readonly string[])[];
}

/** Displays or figures of a stage. */
export interface ShownPair extends Sides {
  readonly stage: string;
  /** Cells of the notebook whose last value the project need not show. */
  readonly passedOver: readonly number[];
}

/** A file on each side, on this machine. */
export interface FilePair extends Sides {
  /** What the notebook calls it: its ending says what it holds. */
  readonly path: string;
}

interface Sides {
  readonly left: string;
  /** The left once more: what differs between the two is ignored, and told. */
  readonly again?: string | undefined;
  readonly right: string;
}

export interface ComparedValue {
  readonly name: string;
  readonly verdict: VerdictKind | "nondeterministic";
  readonly type: string;
  readonly detail: string;
  readonly maxAbs?: number | null;
  readonly maxRel?: number | null;
  /** Places in the value that two runs of the left do not agree on. */
  readonly noise?: readonly { readonly path: string; readonly message: string }[];
}

export interface ComparedShow extends Omit<ComparedValue, "name"> {
  readonly stage: string;
  /** Null where only the right shows it. */
  readonly cell: number | null;
  /** Of figures: the files of both pictures below the folders that were compared, where there are any. */
  readonly pictures?: readonly [notebook: string | null | undefined, project: string | null | undefined];
}

export interface Compared {
  readonly stages: readonly (readonly ComparedValue[])[];
  readonly shown: readonly (readonly ComparedShow[])[];
  /** In the order of the request; names are paths. */
  readonly files: readonly ComparedValue[];
}

/** Compares what was captured, in the engine's Python. That it fails is a bug, or a full disk. */
export async function compareCaptures(
  engine: Engine,
  agent: string,
  workFolder: string,
  request: CompareRequest,
  signal?: AbortSignal,
): Promise<Compared> {
  const inside = ({ left, again, right }: Sides) => ({
    left: engine.pathInside(left),
    again: again === undefined ? null : engine.pathInside(again),
    right: engine.pathInside(right),
  });
  const [asked, answered] = [join(workFolder, "compare.json"), join(workFolder, "compared.json")];
  const folders = {
    ...request,
    stages: request.stages.map((stage) => ({ ...stage, ...inside(stage) })),
    shown: request.shown.map((shown) => ({ ...shown, ...inside(shown) })),
    files: request.files.map((file) => ({ ...file, ...inside(file) })),
    folder: engine.pathInside(workFolder),
  };
  await writeFile(asked, JSON.stringify(folders));
  const {
    code,
    stderr,
    signal: ended,
    outOfMemory,
  } = await engine.run({
    command: ["python", "-m", "reprise_compare", engine.pathInside(asked), engine.pathInside(answered)],
    directory: workFolder,
    environment: { PYTHONPATH: engine.pathInside(agent) },
    ...(signal && { signal }),
  });
  signal?.throwIfAborted();
  if (code !== 0) {
    const killed = outOfMemory ? "it went over its memory limit" : `it was ended by ${ended}`;
    throw agentFailure("Comparing", ended === null ? stderr : `${stderr}\n${killed}`, workFolder);
  }
  return JSON.parse(await readFile(answered, "utf8")) as Compared;
}
