import type { ProjectContext } from "../context.ts";
import { dataFiles } from "../data-files.ts";
import { checkedTables, readsData } from "../modules/data-checks.ts";
import type { DataFileFacts } from "./data-facts.ts";
import { callsOfRole, quoted } from "./model-facts.ts";

const reshaping: ReadonlySet<string> = new Set(["clean", "transform", "fit-transform"]);

/**
 * What DATA_SHEET.md is filled in with, after Gebru et al. 2021 (Datasheets for Datasets). Undefined for a notebook that
 * reads no data. What nobody can know from the code and the files is left as a question.
 */
export function dataSheetView(context: ProjectContext, files: readonly DataFileFacts[]): object | undefined {
  const { plan } = context;
  const loads = plan.stages
    .filter((stage) => readsData(context, stage))
    .flatMap((stage) =>
      callsOfRole(context, new Set(["load"]))
        .filter((each) => each.stage === stage)
        .map(({ id, call }) => ({ stage: stage.name, ...quoted(context, id, call.node) })),
    );
  const named = dataFiles(context);
  if (loads.length === 0 && named.length === 0) return undefined;
  const known = new Map(files.map((file) => [file.path, file]));
  const tables = checkedTables(context).filter(({ rows }) => rows !== undefined);
  const steps = callsOfRole(context, reshaping)
    .filter(({ stage }) => !stage.isReport)
    .map(({ stage, id, call }) => ({ stage: stage.name, ...quoted(context, id, call.node) }));
  return {
    title: plan.notebook.title,
    loads: unique(loads),
    files: named.map((path) => fileView(path, known.get(path))),
    tables: tables.map(({ key, rows, columns }) => ({
      key,
      rows,
      width: columns.length,
      columns: columns.map(({ name, dtype, missing, low, high, values }) => ({
        name: name.replaceAll("|", "\\|"),
        dtype,
        missing,
        range: low === undefined ? (values ?? []).map((value) => `\`${value}\``).join(", ") : `${low} to ${high}`,
      })),
    })),
    steps: unique(steps),
  };
}

function fileView(path: string, facts: DataFileFacts | undefined): object {
  const { bytes, sha256, rows, columns } = facts ?? {};
  return {
    path,
    bytes: bytes ?? "not here",
    sha256: sha256?.slice(0, 16) ?? "",
    rows: rows ?? "",
    columns: columns?.length ?? "",
  };
}

function unique<Each extends { readonly cell: number; readonly code: string }>(all: readonly Each[]): readonly Each[] {
  return [...new Map(all.map((each) => [`${each.cell} ${each.code}`, each])).values()];
}
