import { randomBytes } from "node:crypto";
import type { RunRecord } from "../../core/src/run/record/record.ts";

/** A record as a run begins with, to be filled in by a test. */
export function runRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    schema: "reprise.run-record/1",
    id: randomBytes(16).toString("hex"),
    name: "churn",
    experiment: "churn",
    kind: "notebook",
    status: "running",
    started: "2026-03-01T10:00:00.000Z",
    command: ["reprise", "run", "churn.ipynb"],
    code: { path: "work/churn.ipynb", hash: `sha256:${"a".repeat(64)}` },
    data: [],
    parameters: {},
    metrics: [],
    environment: { python: "3.11.7", packages: [{ name: "pandas", version: "2.0.2" }] },
    engine: { kind: "local", python: "3.11.7" },
    hardware: { platform: "linux", cpu: "a cpu", cores: 2, memoryBytes: 1024, gpus: [] },
    user: "ada",
    tags: {},
    cells: [],
    outputs: [],
    tracking: [],
    ...changes,
  };
}
