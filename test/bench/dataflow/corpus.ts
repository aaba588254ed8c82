import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { parseCells } from "../../support/cells.ts";
import { generateProgram, type Program } from "./generate.ts";
import type { Analysed } from "./slices.ts";
import { type TracedStatement, traceAll } from "./traced.ts";

const samples = join(import.meta.dirname, "../../../samples");
const written = join(import.meta.dirname, "programs");

/** A program that ran, with what its statements did and what the analysis says of them. */
export interface Ran extends Analysed {
  readonly traced: readonly TracedStatement[];
}

export interface Corpus {
  readonly ran: readonly Ran[];
  /** Programs that failed by themselves, with the reason. */
  readonly failed: readonly { readonly name: string; readonly error: string }[];
}

/** Generated notebooks, by seeds that follow each other. */
export function generatedPrograms(count: number, seed: number): readonly Program[] {
  return Array.from({ length: count }, (_, at) => generateProgram(seed + at));
}

/** Notebooks written by hand for what is hard to follow; `programs/*.py` in percent format. */
export async function writtenPrograms(): Promise<readonly Program[]> {
  const programs: Program[] = [];
  for (const name of readdirSync(written).sort()) {
    const cells = readFileSync(join(written, name), "utf8")
      .split(/^# %%.*\n/m)
      .slice(1);
    programs.push({ name, cells: await inStatements(cells) });
  }
  return programs;
}

/** Every sample with its data, as its author ran it. */
export async function samplePrograms(): Promise<readonly Program[]> {
  const programs: Program[] = [];
  const folders = readdirSync(samples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) {
    const folder = join(samples, name);
    programs.push({ name, cells: await inStatements(sourcesOf(folder, name)), data: join(folder, "data") });
  }
  return programs;
}

/** The code that ran, in its order: of a messy sample what its steps say, or nothing of it would run to the end. */
function sourcesOf(folder: string, name: string): readonly string[] {
  const steps = join(folder, "steps.json");
  if (existsSync(steps)) return executedSources(JSON.parse(readFileSync(steps, "utf8")) as Story);
  const notebook = readNotebook(readFileSync(join(folder, `${name}.ipynb`), "utf8"), name);
  return notebook.cells.filter(({ kind }) => kind === "code").map(({ source }) => source);
}

/** What a person did with a notebook; `samples/execute.py` says more. */
interface Story {
  readonly steps: readonly { readonly run?: string; readonly edit?: string; readonly source?: string }[];
  readonly cells: readonly { readonly id: string; readonly cell_type: string; readonly source: string | string[] }[];
}

function executedSources({ steps, cells }: Story): readonly string[] {
  const code = cells.filter(({ cell_type }) => cell_type === "code");
  const sources = new Map(code.map(({ id, source }) => [id, [source].flat().join("")]));
  return steps.flatMap(({ run, edit, source }) => {
    if (edit !== undefined) sources.set(edit, source ?? "");
    return run === undefined ? [] : [sources.get(run) ?? ""];
  });
}

/** Runs programs under the tracer and analyses those that run to their end. */
export async function runCorpus(python: string, programs: readonly Program[]): Promise<Corpus> {
  const traces = await traceAll(python, programs);
  const ran: Ran[] = [];
  const failed: { name: string; error: string }[] = [];
  for (const [at, program] of programs.entries()) {
    const traced = traces[at] ?? { error: "no trace" };
    if ("error" in traced) {
      failed.push({ name: program.name, error: traced.error });
      continue;
    }
    ran.push({ ...(await analysed(program)), traced: traced.statements });
  }
  return { ran, failed };
}

/** A program with what the analysis says of it. */
export async function analysed(program: Program): Promise<Analysed> {
  return { program, dataflow: analyseDataflow(await parseCells(program.cells.map((cell) => cell.join("\n")))) };
}

/** The Python of each statement of each cell. */
async function inStatements(sources: readonly string[]): Promise<readonly (readonly string[])[]> {
  return (await parseCells(sources)).map(({ translation, module }) =>
    module.body.map(({ start, end }) => translation.python.slice(start, end)),
  );
}
