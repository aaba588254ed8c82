import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { parse } from "node:path";
import { identifyData } from "./file-hash.ts";
import { hardware } from "./hardware.ts";
import type { DataIdentity, RunRecord } from "./record.ts";
import type { RunSettings } from "./request.ts";

/** What is particular to a run of a notebook or of a project. */
export type RunIdentity = Pick<RunRecord, "kind" | "code" | "parameters">;

/** The record as far as it is known before anything runs. */
export async function beginRecord(settings: RunSettings, identity: RunIdentity): Promise<RunRecord> {
  const { engine, environment, experiment, name, seed, tags } = settings;
  const [machine, data] = await Promise.all([hardware(), dataBefore(settings)]);
  const ownName = parse(identity.code.path).name;
  return {
    schema: "reprise.run-record/1",
    id: randomBytes(16).toString("hex"),
    name: name ?? ownName,
    experiment: experiment ?? ownName,
    kind: identity.kind,
    status: "running",
    started: new Date().toISOString(),
    command: settings.command,
    code: identity.code,
    data,
    parameters: identity.parameters,
    ...(seed !== undefined && { seed }),
    metrics: [],
    environment: {
      python: engine.description.python,
      ...(environment?.lockHash && { lockHash: environment.lockHash }),
      packages: environment?.packages ?? [],
    },
    engine: engine.description,
    hardware: machine,
    user: userName(),
    tags: tags ?? {},
    cells: [],
    outputs: [],
    tracking: [],
  };
}

/** The record at the run's end, with its length, and what the files that it wrote have become. */
export async function endRecord(record: RunRecord, began: number): Promise<RunRecord> {
  const data = record.data.map((item) => (item.use === "write" ? identifyData(item.path, "write") : item));
  return {
    ...record,
    data: await Promise.all(data),
    ended: new Date().toISOString(),
    seconds: (performance.now() - began) / 1000,
  };
}

/** What is read is hashed before the run, which may change it. */
function dataBefore({ data = [] }: RunSettings): Promise<DataIdentity[]> {
  return Promise.all(data.map(({ path, use }) => (use === "read" ? identifyData(path, use) : { path, use })));
}

/** A user id without a name (in containers) is no error. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}
