import { spawn } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseNotebookJson } from "../../../core/src/notebook/parse.ts";
import { recoverRun } from "../../../core/src/run/journal/recover.ts";
import { repository, reprise } from "../../support/cli.ts";
import { writeNotebookFile } from "../../support/notebooks.ts";

export type Victim = "kernel" | "runner" | "both";

/** A cell of the trial's notebook, and how long after it was told to begin. */
export interface Moment {
  /** From 1 to `killableCells`. */
  readonly cell: number;
  readonly milliseconds: number;
}

export interface KillOutcome {
  readonly victim: Victim;
  readonly moment: Moment;
  /** How many cells the run had said were done. */
  readonly acknowledged: number;
  /** It had ended before it was to be killed. */
  readonly tooLate: boolean;
  /** What was not as it has to be; empty where all was. */
  readonly wrong: readonly string[];
}

export const killableCells = 10;

/** Each cell needs the one before it, and says so slowly enough to be killed in. */
const cells = [
  "import os, time\nopen('kernel.pid', 'w').write(str(os.getpid()))\ntotal = 0",
  ...Array.from(
    { length: killableCells },
    (_, at) => `total = total + ${at}\ntime.sleep(0.05)\nprint('cell', ${at}, total)`,
  ),
];
const expected = Array.from({ length: killableCells }, (_, at) => `cell ${at} ${(at * (at + 1)) / 2}\n`);

/** Kills a run, or its kernel, or both, at a moment; looks at what is left, and continues it. */
export async function killTrial(python: string, victim: Victim, moment: Moment): Promise<KillOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "kill-trial-"));
  const scratch = join(folder, "scratch");
  mkdirSync(scratch);
  try {
    writeNotebookFile(join(folder, "a.ipynb"), cells);
    const environment = { ...process.env, TMPDIR: scratch, REPRISE_HOME: join(folder, "store"), NO_COLOR: "1" };
    const args = ["run", "a.ipynb", "out.ipynb", "--environment", dirname(dirname(python)), "--json"];
    const main = join(repository, "cli", "src", "main.ts");
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main, ...args], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
    });
    const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
    const hasBegun = () => told.includes(`Running cell ${moment.cell}\n`);
    while (!hasBegun() && child.exitCode === null) await setTimeout(5);
    await setTimeout(moment.milliseconds);
    const hadEnded = child.exitCode !== null;
    const kernel = Number(readText(join(folder, "kernel.pid")));
    if (victim !== "runner") kill(kernel);
    if (victim !== "kernel") kill(child.pid as number);
    await ended;
    // A run ends with its record, a little before its process does.
    const tooLate = hadEnded || recordedStatus(folder) === "succeeded";
    const acknowledged = Math.max(0, ...[...told.matchAll(/^Running cell (\d+)$/gm)].map(([, cell]) => Number(cell)));
    const wrong: string[] = [];
    if (hadEnded && told.includes("error")) throw new Error(`the run does not even begin: ${told}`);
    await checkLeft(folder, acknowledged, tooLate, wrong);
    await checkGone(kernel, wrong);
    if (tooLate) checkOutput(folder, wrong);
    else await checkResumed({ folder, args, environment }, wrong);
    const left = readdirSync(scratch);
    if (left.length > 0) wrong.push(`left in the folder for temporary files: ${left.join(", ")}`);
    const drafts = readdirSync(folder).filter((name) => name.endsWith(".part"));
    if (drafts.length > 0) wrong.push(`left beside the output: ${drafts.join(", ")}`);
    return { victim, moment, acknowledged, tooLate, wrong };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The journal holds every cell that was said to be done, with its output, and the output notebook is one. */
async function checkLeft(folder: string, acknowledged: number, tooLate: boolean, wrong: string[]): Promise<void> {
  try {
    parseNotebookJson(readText(join(folder, "out.ipynb")), "out.ipynb");
  } catch (error) {
    wrong.push(`the output notebook cannot be read: ${error}`);
  }
  const [journal] = globSync(join(folder, "store/runs/*/journal.jsonl"));
  if (journal === undefined) {
    if (!tooLate) wrong.push("there is no journal");
    return;
  }
  const recovered = await recoverRun(journal);
  for (let cell = 0; cell < acknowledged; cell++) {
    const kept = recovered?.cells.get(cell);
    if (kept === undefined) wrong.push(`cell ${cell} was said to be done, and is not in the journal`);
    else if (cell > 0 && !JSON.stringify(kept.content.outputs).includes(`cell ${cell - 1} `)) {
      wrong.push(`the output of cell ${cell} is not in the journal`);
    }
  }
}

/** A kernel sees within a second or so that its runner is gone. */
async function checkGone(kernel: number, wrong: string[]): Promise<void> {
  for (let waited = 0; waited < 100; waited++) {
    try {
      process.kill(kernel, 0);
    } catch {
      return;
    }
    await setTimeout(100);
  }
  wrong.push(`the kernel ${kernel} still runs`);
}

interface Call {
  readonly folder: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

async function checkResumed({ folder, args, environment }: Call, wrong: string[]): Promise<void> {
  const finished = await reprise([...args, "--resume"], { directory: folder, environment });
  if (finished.code !== 0) {
    wrong.push(`--resume ended with ${finished.code}: ${finished.stdout.slice(0, 300)}`);
    return;
  }
  checkOutput(folder, wrong);
}

function checkOutput(folder: string, wrong: string[]): void {
  const { cells: made } = JSON.parse(readText(join(folder, "out.ipynb"))) as {
    cells: { outputs: { text: string[] }[] }[];
  };
  const texts = made.slice(1).map(({ outputs }) => outputs[0]?.text.join(""));
  if (JSON.stringify(texts) !== JSON.stringify(expected)) wrong.push(`the output is ${JSON.stringify(texts)}`);
}

function recordedStatus(folder: string): string | undefined {
  const [record] = globSync(join(folder, "store/runs/*/record.json"));
  return record === undefined ? undefined : (JSON.parse(readText(record)) as { status?: string }).status;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function kill(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
