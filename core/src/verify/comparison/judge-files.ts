import { lastCellOf, stageOfCell } from "../../plan/stage-cells.ts";
import type { Nondeterminism, OutputVerdict } from "../verdict.ts";
import type { VerifyRequest } from "../verify-request.ts";
import type { ComparedValue } from "./compare.ts";
import { notReproduced } from "./judge-value.ts";
import type { PairedFiles } from "./paired-files.ts";
import { isPicture, type PicturePair } from "./pictures.ts";

export interface JudgedFiles {
  readonly outputs: readonly OutputVerdict[];
  readonly nondeterministic: readonly Nondeterminism[];
  /** Of files that are pictures, and not the same. */
  readonly pictures: ReadonlyMap<OutputVerdict, PicturePair>;
}

/** The verdict on every file that either side wrote, with the cell and the stage that did. */
export function judgeFiles(
  request: VerifyRequest,
  files: PairedFiles,
  compared: readonly ComparedValue[],
): JudgedFiles {
  const { plan } = request;
  const outputs: OutputVerdict[] = [];
  const nondeterministic: Nondeterminism[] = [];
  const place = (path: string) => placeOf(request, files, path);
  for (const { name: path, verdict, detail, noise = [] } of compared) {
    const { cell, stage } = place(path);
    for (const { path: part, message } of noise) {
      nondeterministic.push({ name: `${path}, ${part}`, cell, why: `${notReproduced}: ${message}` });
    }
    if (verdict === "nondeterministic") nondeterministic.push({ name: path, cell, why: `${notReproduced}: ${detail}` });
    else outputs.push({ cell, stage, kind: "file", path, verdict, detail });
  }
  for (const { path } of files.missing) {
    if (isLeftOut(request, files, path)) continue;
    const own = { ...place(path), kind: "file", path } as const;
    outputs.push({ ...own, verdict: "missing", detail: `the project does not ${verb(path)} ${path}` });
  }
  for (const { path, by } of files.more) {
    const own = { cell: lastCellOf(plan, by), stage: by, kind: "file", path } as const;
    outputs.push({ ...own, verdict: "new", detail: `the project ${verb(path)}s ${path} as well` });
  }
  for (const { path } of files.unstable) {
    nondeterministic.push({ name: path, cell: place(path).cell, why: "one of two runs of the notebook writes it" });
  }
  const apart = outputs.filter(({ path = "", verdict }) => verdict !== "identical" && isPicture(path));
  const pictures = apart.map(
    (output) =>
      [
        output,
        { notebook: files.written.get(output.path ?? "")?.file, project: files.others.get(output.path ?? "")?.file },
      ] as const,
  );
  return { outputs, nondeterministic, pictures: new Map(pictures) };
}

const verb = (path: string): string => (path.endsWith("/") ? "make" : "write");

/** Written by a cell that the plan leaves out: a module (`%%writefile`) that the project has among its sources. */
function isLeftOut({ plan, dataflow }: VerifyRequest, { written }: PairedFiles, path: string): boolean {
  const cell = Number(written.get(path)?.by ?? -1);
  const out = new Set(plan.leftOut.map(({ statement }) => statement));
  const own = dataflow.statements.filter((statement) => statement.cell === cell);
  return own.length > 0 && own.every(({ id }) => out.has(id));
}

/** Who wrote a file of the notebook: its statement where the analysis knows the path, else the cell that was seen to. */
function placeOf(
  { plan, dataflow }: VerifyRequest,
  { written, others }: PairedFiles,
  path: string,
): { readonly cell: number; readonly stage: string } {
  const cell = Number(written.get(path)?.by ?? 0);
  const known = dataflow.files.findLast((file) => file.use !== "read" && file.path === path)?.statement;
  const stage =
    others.get(path)?.by ??
    (known && plan.stages.findLast(({ statements }) => statements.includes(known))?.name) ??
    stageOfCell(plan, cell)?.name ??
    plan.stages.at(-1)?.name ??
    "";
  return { cell, stage };
}

/** What the proof says of files when it has nothing to say of any of them. */
export function filesReservation({ isUnknown }: PairedFiles): string | undefined {
  return isUnknown ? "Written files were not compared: the notebook's folder holds too many files." : undefined;
}
