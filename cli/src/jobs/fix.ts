import { existsSync, realpathSync } from "node:fs";
import {
  type Analysis,
  type Finding,
  findings,
  type Mended,
  mendNotebook,
  type Notebook,
  notebookDiff,
  ProblemError,
} from "@reprise/core";
import { type ProvenMend, proveMend } from "@reprise/core/node";
import type { Answer, Call } from "../execute.ts";
import { shownPath } from "../input.ts";
import { checkNotebookOutput, writeOutput } from "../output.ts";
import { color } from "../terminal/color.ts";
import { diffText } from "../terminal/diff-text.ts";
import { analyseAt, openNotebook, pythonParser } from "./analysis.ts";
import { type TrialChoice, withTrial } from "./confirm.ts";
import { type RuleSettings, ruleSettings } from "./settings.ts";

export interface FixOptions extends TrialChoice {
  readonly json?: boolean;
  readonly output?: string;
  readonly only?: readonly string[];
  readonly ignore?: readonly string[];
  readonly diff?: boolean;
  readonly dryRun?: boolean;
  readonly verify?: boolean;
  readonly force?: boolean;
}

/** Writes a repaired copy of a notebook. Throws ProblemError where it cannot be read, or the copy not be written. */
export async function fixNotebook(path: string, options: FixOptions, call: Call): Promise<Answer> {
  checkOutput(path, options);
  const { only: select, ignore } = options;
  const settings = await ruleSettings(path, {
    ...(select === undefined ? {} : { select }),
    ...(ignore === undefined ? {} : { ignore }),
  });
  const parser = await pythonParser();
  const analyse = (notebook: Notebook) => analyseAt(path, notebook, parser);
  const analysis = analyse(await openNotebook(path, call));
  call.signal.throwIfAborted();
  const made = mendNotebook({
    analysis,
    analyse,
    findings: (one) => mendable(one, settings, options.only === undefined),
  });
  const proven =
    options.verify === true
      ? await withTrial(analysis, options, call, (trial) => proveMend(trial, made, analyse))
      : undefined;
  const mended = proven?.mended ?? made;
  const toStdout = options.output === "-";
  if (options.output !== undefined && options.dryRun !== true && !toStdout) {
    await writeOutput(options.output, mended.notebook.text);
  }
  return answerOf(path, analysis, mended, options, proven);
}

/** What is only to know is mended where it is asked for by its rule. */
function mendable(analysis: Analysis, settings: RuleSettings, withoutNotes: boolean): readonly Finding[] {
  const told = findings(analysis, settings).findings;
  return withoutNotes ? told.filter(({ severity }) => severity !== "info") : told;
}

/** Throws ProblemError RP141 before anything is done. */
function checkOutput(path: string, { output, dryRun, diff, force }: FixOptions): void {
  checkNotebookOutput(output);
  if (output === undefined) {
    if (dryRun === true || diff === true) return;
    throw new ProblemError({
      id: "RP141",
      message: "Nothing says where the repaired copy goes",
      mend: "Add -o FILE, or --dry-run --diff to look only.",
    });
  }
  if (output === "-" || !existsSync(output)) return;
  if (path !== "-" && existsSync(path) && realpathSync(output) === realpathSync(path)) {
    throw new ProblemError({
      id: "RP141",
      message: `${shownPath(output)} is the notebook itself, which is never touched`,
      mend: "Name another file for the repaired copy.",
    });
  }
  if (force === true || dryRun === true) return;
  throw new ProblemError({
    id: "RP141",
    message: `${shownPath(output)} exists already`,
    mend: "Name another file, or add --force to overwrite it.",
  });
}

function answerOf(
  path: string,
  analysis: Analysis,
  mended: Mended,
  options: FixOptions,
  proven: ProvenMend | undefined,
): Answer {
  const { applied, left, notebook, origins } = mended;
  const outcome =
    left.length > 0
      ? applied.length > 0
        ? "partly"
        : "nothing-to-fix"
      : applied.length > 0
        ? "fixed"
        : "nothing-to-fix";
  const diff = options.diff === true ? notebookDiff(analysis.notebook, notebook, origins) : undefined;
  const written = options.dryRun === true || options.output === undefined ? undefined : shownPath(options.output);
  return {
    exit: left.length > 0 || (proven !== undefined && proven.after.errors.length > 0) ? 1 : 0,
    json: {
      outcome,
      ...{
        notebook: shownPath(path),
        ...(written === undefined ? {} : { output: written }),
        applied,
        left: left.map(({ rule, name, severity, tier, cell, range, subject, message }) => ({
          rule,
          name,
          severity,
          tier,
          cell,
          range,
          subject,
          message,
        })),
        ...(proven === undefined ? {} : { before: proven.before, after: proven.after }),
        ...(diff === undefined ? {} : { diff }),
        ...(options.output === "-" ? { text: notebook.text } : {}),
      },
    },
    text: () => {
      if (options.output === "-" && options.dryRun !== true) return notebook.text;
      return [
        ...(diff === undefined ? [] : [diffText(shownPath(path), diff), ""]),
        ...mendedLines(mended),
        ...(proven === undefined ? [] : trialLines(proven)),
        ...(written === undefined ? [] : [`Wrote ${color.bold(written)}`]),
      ].join("\n");
    },
  };
}

function trialLines({ before, after }: ProvenMend): string[] {
  return (
    [
      ["before", before],
      ["after", after],
    ] as const
  ).flatMap(([when, { reproduced, comparable, errors, ended }]) => [
    `Run ${when}: ${reproduced} of ${comparable} saved outputs came again, ${errors.length === 0 ? "no cell failed" : `${errors.length} failed`}`,
    ...errors.map(({ cell, name, message }) => color.dim(`  cell ${cell}: ${name}: ${message}`)),
    ...(ended === undefined ? [] : [`  ended early: ${ended}`]),
  ]);
}

function mendedLines({ applied, left }: Mended): string[] {
  if (applied.length === 0 && left.length === 0) return ["Nothing to fix."];
  return [
    applied.length === 0 ? "Nothing was mended." : `Mended, one after the other (${applied.length}):`,
    ...applied.map(
      ({ rule, cell, title }) => `  ${color.green(rule)} ${cell === undefined ? "" : `cell ${cell}: `}${title}`,
    ),
    ...(left.length === 0 ? [] : [`Left for you (${left.length}); cells as they are in the copy:`]),
    ...left.map(({ rule, cell, name, subject }) => `  ${color.yellow(rule)} cell ${cell}: ${name}: ${subject}`),
  ];
}
