import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { parse } from "node:path";
import { isAddress } from "../../address/address.ts";
import type { RunSettings } from "../request.ts";
import { gitIdentity } from "./code-identity.ts";
import { identifyData } from "./file-hash.ts";
import { graphicsCards, machine } from "./hardware.ts";
import type { RunRecord } from "./record.ts";

/** What is particular to a run of a notebook, of a project, or to a batch of them. */
export type RunIdentity = Pick<RunRecord, "kind" | "code" | "parameters">;

/** The record as far as it is known at once; `identifyRun` adds what others must be asked for. */
export function beginRecord(settings: RunSettings, identity: RunIdentity): RunRecord {
  const { data = [], engine, environment, experiment, name, parent, secrets = {}, seed, tags } = settings;
  const ownName = parse(identity.code.path).name;
  return {
    schema: "reprise.run-record/1",
    id: randomBytes(16).toString("hex"),
    name: name ?? ownName,
    experiment: experiment ?? ownName,
    kind: identity.kind,
    ...(parent !== undefined && { parent }),
    status: "running",
    started: new Date().toISOString(),
    command: settings.command,
    code: identity.code,
    data: data.map(({ path, use }) => ({ path, use })),
    parameters: identity.parameters,
    ...(seed !== undefined && { seed }),
    ...(Object.keys(secrets).length > 0 && { secrets: Object.keys(secrets) }),
    metrics: [],
    environment: {
      ...(engine.description.python && { python: engine.description.python }),
      ...(environment?.lockHash && { lockHash: environment.lockHash }),
      packages: environment?.packages ?? [],
    },
    engine: engine.description,
    hardware: { ...machine(), gpus: [] },
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

/**
 * Fills in the commit, the graphics cards, and what the files that are read contain. Must be done before the code runs,
 * which may change them; takes as long as it takes to read them. After an abort, what is not known yet is left out.
 */
export async function identifyRun(record: RunRecord, signal?: AbortSignal): Promise<RunRecord> {
  const { code, hardware, kind } = record;
  const [git, gpus, data] = await Promise.all([
    code.path === "-" || isAddress(code.path) ? undefined : gitIdentity(code.path, kind === "project"),
    graphicsCards(),
    Promise.all(record.data.map((item) => (item.use === "read" ? identifyData(item.path, "read", signal) : item))),
  ]);
  return { ...record, code: { ...code, ...(git && { git }) }, hardware: { ...hardware, gpus }, data };
}

/** A user id without a name (in containers) is no error. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}
