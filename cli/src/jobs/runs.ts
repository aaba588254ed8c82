import { existsSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "@reprise/core";
import {
  compareRuns as compareRecords,
  lastMetrics,
  openRunStore,
  type RunRecord,
  type RunStore,
  type RunSummary,
  storeFolder,
} from "@reprise/core/node";
import type { Answer } from "../execute.ts";
import { shownPath } from "../input.ts";
import { color } from "../terminal/color.ts";
import { resourcesText } from "../terminal/resources-text.ts";
import { secondsText, table, valueText } from "../terminal/table.ts";

export interface RunsOptions {
  readonly json?: boolean;
  readonly experiment?: string;
  readonly limit?: number;
}

/** The newest runs. */
export async function listRuns(options: RunsOptions): Promise<Answer> {
  if (!hasRuns()) return listAnswer(storeFolder(), []);
  return withStore(async (store) => {
    const runs = await store.list({
      ...(options.experiment === undefined ? {} : { experiment: options.experiment }),
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    });
    return listAnswer(store.folder, runs);
  });
}

function listAnswer(folder: string, runs: readonly RunSummary[]): Answer {
  const rows = runs.map((run) => [
    run.id.slice(0, 8),
    paintStatus(run.status),
    run.started.slice(0, 16).replace("T", " "),
    secondsText(run.seconds),
    run.experiment,
    run.name,
    pairs(run.parameters),
    pairs(run.metrics),
  ]);
  const head = ["run", "status", "started", "took", "experiment", "name", "parameters", "metrics"];
  return {
    exit: 0,
    json: { outcome: "ok", ...{ store: shownPath(folder), runs } },
    text: () => (runs.length === 0 ? `No runs in ${shownPath(folder)}.` : table(head, rows)),
  };
}

/** Everything about one run. Throws ProblemError RP341, RP342. */
export async function showRun(prefix: string, { html }: { readonly html?: string } = {}): Promise<Answer> {
  return withStore(async (store) => {
    const record = await store.show(prefix);
    const folder = shownPath(store.folderOf(record.id));
    if (html !== undefined) {
      const { writeStoredPage } = await import("./run/run-page.ts");
      await writeStoredPage(html, record, store.folderOf(record.id));
    }
    return { exit: 0, json: { outcome: "ok", ...{ folder, record } }, text: () => recordText(record, folder) };
  });
}

/** What differs between runs. Throws ProblemError RP141, RP341, RP342. */
export async function compareRuns(prefixes: readonly string[]): Promise<Answer> {
  if (prefixes.length < 2) {
    throw new ProblemError({
      id: "RP141",
      message: "One run alone cannot be compared",
      mend: "Name two or more runs; `reprise runs list` shows which there are.",
    });
  }
  return withStore(async (store) => {
    const records: RunRecord[] = [];
    for (const prefix of prefixes) records.push(await store.show(prefix));
    const { runs, ...parts } = compareRecords(records);
    const rows = Object.entries(parts).flatMap(([part, compared]) =>
      compared.map(({ name, values, differs }) => {
        const shown = values.map((value) => (differs ? color.yellow(valueText(value)) : valueText(value)));
        return [`${color.dim(part)} ${name}`, ...shown];
      }),
    );
    const isSame = Object.values(parts).every((compared) => compared.every(({ differs }) => !differs));
    return {
      exit: 0,
      json: { outcome: isSame ? "same" : "different", ...{ runs, ...parts } },
      text: () => table(["", ...runs.map(({ id }) => id.slice(0, 8))], rows),
    };
  });
}

/** Whether there is a store: looking for runs makes none. */
const hasRuns = () => existsSync(join(storeFolder(), "runs"));

async function withStore(work: (store: RunStore) => Promise<Answer>): Promise<Answer> {
  if (!hasRuns()) {
    throw new ProblemError({
      id: "RP341",
      message: `There are no runs in ${shownPath(storeFolder())}`,
      mend: "Call it in the folder that the runs were made in, or name their store with REPRISE_HOME.",
    });
  }
  const store = await openRunStore(storeFolder());
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

/** A record for people. */
export function recordText(record: RunRecord, folder: string): string {
  const { code, engine, environment, failure } = record;
  const commit = code.git ? ` at ${code.git.commit.slice(0, 10)}${code.git.dirty ? " with changes" : ""}` : "";
  const image = engine.image ? `, image ${engine.image.digest.slice(0, 19)}` : "";
  const lines: [string, string][] = [
    ["run", record.id],
    ["status", paintStatus(record.status)],
    ["code", `${code.path}${commit}`],
    ["started", `${record.started}, ${secondsText(record.seconds)}`],
    ["engine", `${engine.kind}, ${languageText(environment)}${image}`],
    [
      "packages",
      `${environment.packages.length}${environment.lockHash ? `, locked (${environment.lockHash.slice(0, 19)})` : ""}`,
    ],
    ["parameters", pairs(record.parameters)],
    ["metrics", pairs(lastMetrics(record.metrics))],
    ["resources", resourcesText(record.resources)],
    ["data", dataText(record.data)],
    ["files", record.outputs.map(({ name }) => name).join(", ")],
    ["folder", folder],
    ...record.tracking.map((told): [string, string] => [told.kind, told.error ?? told.url ?? "told"]),
  ];
  const text = lines.flatMap(([name, value]) => (value === "" ? [] : [`${color.dim(name.padEnd(11))}${value}`]));
  if (failure) {
    const where = failure.cell === undefined ? "" : ` in cell ${failure.cell}`;
    text.push(color.red(`${failure.name}${where}: ${failure.message}`));
  }
  return text.join("\n");
}

/** More files than this are not read in a line. */
const mostFiles = 8;

function dataText(data: RunRecord["data"]): string {
  const shown = data.slice(0, mostFiles).map(({ path, use }) => `${shownPath(path)} (${use})`);
  return [...shown, ...(data.length > mostFiles ? [`${data.length - mostFiles} more`] : [])].join(", ");
}

function languageText({ language, python }: RunRecord["environment"]): string {
  return language === undefined ? `Python ${python}` : `${language.name} ${language.version}`.trim();
}

/** The status of a run in the colour that says how it is. */
export function paintStatus(status: RunRecord["status"]): string {
  if (status === "succeeded") return color.green(status);
  return status === "running" ? color.cyan(status) : color.red(status);
}

function pairs(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(" ");
}
