import { withoutCredentials } from "../host/secrets.ts";
import type { RunRecord } from "../run/record/record.ts";
import { asText, type Entry, limits, type MlflowNames } from "./mlflow-entries.ts";

/** https://github.com/mlflow/mlflow/blob/master/mlflow/entities/source_type.py */
const sourceTypes: Readonly<Record<RunRecord["kind"], string>> = {
  notebook: "NOTEBOOK",
  project: "PROJECT",
  batch: "JOB",
};

/**
 * The tags that MLflow's own UI reads (source, commit, user: mlflow/utils/mlflow_tags.py), the user's, and what a person
 * needs to find the run again in Reprise.
 */
export function tagsOf(record: RunRecord, names: MlflowNames): Entry[] {
  const { code, environment, engine, hardware } = record;
  const remote = code.git?.remote === undefined ? undefined : withoutCredentials(code.git.remote);
  const tags: Record<string, string | undefined> = {
    ...record.tags,
    "mlflow.user": record.user,
    "mlflow.source.name": code.path,
    "mlflow.source.type": sourceTypes[record.kind],
    "mlflow.source.git.commit": code.git?.commit,
    "mlflow.source.git.branch": code.git?.branch,
    "mlflow.source.git.repoURL": remote,
    "mlflow.source.git.dirty": code.git === undefined ? undefined : String(code.git.dirty),
    "mlflow.note.content": noteOf(record),
    "reprise.run": record.id,
    "reprise.status": record.status,
    "reprise.code": code.hash,
    "reprise.lock": environment.lockHash,
    "reprise.python": environment.python,
    "reprise.engine": engine.kind,
    "reprise.image": engine.image?.digest,
    "reprise.platform": hardware.platform,
    "reprise.seed": record.seed === undefined ? undefined : String(record.seed),
  };
  return Object.entries(tags).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [{ key: names.nameOf(name), value: asText(value, limits.tagLength) }],
  );
}

/** The run's description in MLflow's UI, as Markdown. */
function noteOf(record: RunRecord): string {
  const command = withoutCredentials(record.command.join(" "));
  const lines = [`Run of \`${record.code.path}\` by Reprise: \`${command}\``];
  if (record.failure !== undefined) {
    const place = record.failure.cell === undefined ? "" : ` in cell ${record.failure.cell}`;
    lines.push("", `**${record.status}${place}**: ${record.failure.name}: ${record.failure.message}`);
  }
  return lines.join("\n");
}
