import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Analysis, candidateOrders, type Finding, type Order } from "@reprise/core";
import {
  confirmFindings,
  type Judgement,
  type NotebookTrials,
  type ScoredOrder,
  scoreOrders,
  type TrialOptions,
  tryNotebook,
  tryOrders,
} from "@reprise/core/node";
import type { Call } from "../execute.ts";
import { openEngine } from "./engine.ts";
import { chooseEnvironment, chooseLock } from "./environment.ts";

/** Where trials run. */
export interface TrialChoice {
  readonly environment: string;
  readonly engine: "local" | "docker";
  readonly executionTimeout?: number;
}

export interface Confirmed {
  /** One for each finding. */
  readonly judgements: readonly Judgement[];
  /** Best first; only where they were asked for. */
  readonly orders?: readonly ScoredOrder[];
  /** What stopped the run from top to bottom before its last cell. */
  readonly ended?: string;
}

/** Runs a notebook in scratch copies of its folder and holds its findings against the runs. Throws ProblemError. */
export function confirmNotebook(
  analysis: Analysis,
  findings: readonly Finding[],
  options: TrialChoice & { readonly orders?: boolean },
  call: Call,
): Promise<Confirmed> {
  return withTrial(analysis, options, call, async (trial) => {
    const trials = await tryNotebook(trial);
    if (trials.shared !== undefined) call.note(`The runs used the notebook's own folder: ${trials.shared}.`);
    return {
      judgements: confirmFindings(findings, trials, analysis.notebook),
      ...(trials.document.ended === undefined ? {} : { ended: trials.document.ended }),
      ...(options.orders === true ? { orders: await scored(trial, trials) } : {}),
    };
  });
}

/** What runs need: an engine with an environment, and a folder to work in; both are gone afterwards. */
export async function withTrial<Result>(
  analysis: Analysis,
  options: TrialChoice,
  call: Call,
  work: (trial: TrialOptions) => Promise<Result>,
): Promise<Result> {
  const workFolder = await mkdtemp(join(tmpdir(), "reprise-trial-"));
  try {
    const which = { which: options.environment };
    const environment =
      options.engine === "docker"
        ? { locked: await chooseLock(analysis, which, call) }
        : await chooseEnvironment(analysis, which, call);
    const engine = await openEngine(options, environment, [workFolder], call);
    try {
      return await work({
        analysis,
        engine,
        workFolder,
        signal: call.signal,
        onProgress: call.onProgress,
        ...(options.executionTimeout === undefined ? {} : { timeoutMilliseconds: options.executionTimeout * 1000 }),
      });
    } finally {
      await engine.close();
    }
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** Orders that have run already are not run again. */
async function scored(trial: TrialOptions, { document, recorded }: NotebookTrials): Promise<readonly ScoredOrder[]> {
  const orders = candidateOrders(trial.analysis);
  const known = (order: Order) =>
    order.kind === "document" ? document : order.kind === "recorded" ? recorded : undefined;
  const missing = orders.filter((order) => known(order) === undefined);
  const made = await tryOrders(trial, missing);
  const runs = orders.map((order) => known(order) ?? made[missing.indexOf(order)] ?? document);
  return scoreOrders(trial.analysis.notebook, orders, runs);
}
