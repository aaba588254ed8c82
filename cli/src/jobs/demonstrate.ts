import { basename, join } from "node:path";
import { type Analysis, findings as findingsOf, type Parameter, type PipelinePlan, ProblemError } from "@reprise/core";
import {
  type Engine,
  foldersBeyond,
  lastMetrics,
  loadTemplates,
  type RunRecord,
  readPaths,
  renderSummary,
  runProject,
  writeProject,
} from "@reprise/core/node";
import type { Answer, Call } from "../execute.ts";
import { shownPath } from "../input.ts";
import { writeOutput } from "../output.ts";
import { color } from "../terminal/color.ts";
import { findingsText } from "../terminal/findings-text.ts";
import { shellWord } from "../terminal/shell-word.ts";
import { secondsText, table, valueText } from "../terminal/table.ts";
import { proofExit, verificationText } from "../terminal/verification-text.ts";
import { analyseFile } from "./analysis.ts";
import type { Conversion } from "./convert/conversion.ts";
import { convertAnalysed } from "./convert/convert-analysed.ts";
import { conversionText, diagnosis } from "./convert/convert-answer.ts";
import { proven } from "./convert/convert-proven.ts";
import { dataFolderOf } from "./convert/project-of-plan.ts";
import { openEngine } from "./engine.ts";
import { type ChosenEnvironment, folderOf, makeLocked } from "./environment.ts";
import { listener } from "./run/run-answer.ts";
import { openSink } from "./run/sink.ts";

/**
 * Everything that Reprise does, on one notebook: analysis, conversion, proof, two runs with different parameter values,
 * records, a report. Writes below `reprise-out/` in the working directory.
 */
export async function demonstrate(path: string, call: Call): Promise<Answer> {
  const began = performance.now();
  const name = basename(path, ".ipynb");
  const out = join("reprise-out", name);
  const step = stepper(call);

  step(`Analysing ${shownPath(path)}`);
  const analysis = await analyseFile(path, call);
  const { findings } = findingsOf(analysis, {});
  const shown = findings.filter(({ severity }) => severity !== "info");
  call.note(shown.length === 0 ? "Nothing to report." : findingsText(analysis.notebook, shown));

  step("Converting it to a pipeline");
  const project = join(out, "project");
  const options = { target: ["dvc", "github-actions"], ...dataFolderOf(path, project) };
  const first = await convertAnalysed(analysis, options, call);
  if (first.outcome === "diagnosed") return diagnosis(first.analysis, first.reasons);
  call.note(conversionText(first, shownPath(project), false));

  step("Proving the project against the notebook");
  const proofPage = join(out, "proof.html");
  const { conversion, verification, refinements, page } = await proven(first, { ...options, report: proofPage }, call);
  const { plan } = conversion;
  await writeProject(conversion.project, project, { force: true });
  if (refinements.length > 0) call.note(conversionText(conversion, shownPath(project), false));
  call.note(verificationText(verification));
  const environment = await makeLocked(lockOfConversion(conversion), call, "the project's own lock");

  step("Running it with two parameter values");
  const runs = await runTwice({ analysis, plan, project, data: folderOf(path), environment }, call);
  call.note(runsText(runs.records));

  const templates = loadTemplates();
  if (page !== undefined) await writeOutput(proofPage, page);
  const report = join(out, "report.html");
  const summary = { analysis, findings, plan, verification, runs: runs.records, engine: runs.why };
  await writeOutput(report, renderSummary(summary, templates));

  return {
    exit: proofExit(verification) === 0 && runs.records.every(({ status }) => status === "succeeded") ? 0 : 1,
    json: { outcome: verification.outcome, ...{ project, report } },
    text: () =>
      [
        "",
        `${color.bold(name)}: ${plan.stages.length} stages, proof ${verification.outcome}, ${runs.records.length} runs recorded, in ${secondsText((performance.now() - began) / 1000)}`,
        `  project  ${shownPath(project)}`,
        `  report   ${shownPath(report)}`,
        `  again    npx reprise run ${shellWord(shownPath(project))} -p NAME VALUE`,
      ].join("\n"),
  };
}

function stepper(call: Call): (title: string) => void {
  let count = 0;
  return (title) => {
    count += 1;
    call.note(`\n${color.bold(color.cyan(`${count}. ${title}`))}\n`);
  };
}

function lockOfConversion({ environment }: Conversion) {
  if (environment === undefined) throw new Error("the conversion was made without a lock");
  return environment;
}

interface Runs {
  readonly records: readonly RunRecord[];
  /** Where they ran, and why there. */
  readonly why: string;
}

interface RunSubject {
  readonly analysis: Analysis;
  readonly plan: PipelinePlan;
  readonly project: string;
  /** The notebook's folder: its relative paths start there. */
  readonly data: string;
  readonly environment: ChosenEnvironment;
}

async function runTwice(subject: RunSubject, call: Call): Promise<Runs> {
  const { analysis, project, data, environment } = subject;
  const folders = [project, data, ...foldersBeyond(readPaths(analysis.document), data)];
  const { engine, why } = await bestEngine(folders, environment, call);
  try {
    call.note(why);
    return { why, records: await runEach(engine, subject, call) };
  } finally {
    await engine.close();
  }
}

async function runEach(
  engine: Engine,
  { plan, project, data, environment }: RunSubject,
  call: Call,
): Promise<readonly RunRecord[]> {
  const records: RunRecord[] = [];
  const sink = await openSink({}, call);
  try {
    for (const [at, parameters] of twoValues(plan).entries()) {
      call.onProgress({ task: `Run ${at + 1} of 2`, detail: JSON.stringify(parameters) });
      records.push(
        await runProject(
          {
            engine,
            folder: project,
            package: plan.package,
            parameters,
            work: join(project, "work", `run-${at + 1}`),
            dataDirectory: data,
            experiment: plan.package,
            name:
              Object.entries(parameters)
                .map(([name, value]) => `${name}=${value}`)
                .join(" ") || "defaults",
            command: ["npm", "start"],
            signal: call.signal,
            sink,
            ...(environment.locked === undefined ? {} : { environment: environment.locked }),
          },
          listener(call, false),
        ),
      );
    }
    return records;
  } finally {
    await sink.close();
  }
}

/** Docker where an engine answers and the base image can be had; else this machine. */
async function bestEngine(folders: readonly string[], environment: ChosenEnvironment, call: Call) {
  try {
    const engine = await openEngine({ engine: "docker" }, environment, folders, call);
    return { engine, why: "In Docker, without network: an engine answers, and the image was built from the lock." };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const engine = await openEngine({ engine: "local" }, environment, folders, call);
    return { engine, why: `In a local environment made from the lock, not in Docker: ${error.problem.message}` };
  }
}

/** The defaults, and one parameter at another value: a number that a person would try. */
function twoValues(plan: PipelinePlan): readonly Readonly<Record<string, string>>[] {
  const numbers = plan.parameters.filter(
    ({ type, origin }) => (type === "int" || type === "float") && origin !== "seed" && origin !== "path",
  );
  const chosen = numbers.find(({ origin }) => origin === "tag") ?? numbers[0];
  return [{}, chosen === undefined ? { seed: "1" } : { [chosen.name]: String(otherValue(chosen)) }];
}

function otherValue({ type, default: value }: Parameter): number {
  const number = Number(value);
  if (type === "int") return Math.max(1, number * 2);
  return number > 0 && number < 1 ? Number((number * 1.5 < 1 ? number * 1.5 : number / 2).toPrecision(3)) : number * 2;
}

function runsText(records: readonly RunRecord[]): string {
  const names = [...new Set(records.flatMap(({ metrics }) => Object.keys(lastMetrics(metrics))))];
  return table(
    ["run", "status", "parameters", ...names],
    records.map((record) => [
      record.id.slice(0, 8),
      record.status,
      Object.entries(record.parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join(" ") || "defaults",
      ...names.map((name) => valueText(lastMetrics(record.metrics)[name])),
    ]),
  );
}
