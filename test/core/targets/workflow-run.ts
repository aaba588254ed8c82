import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "../../../core/src/host/child-process.ts";

export interface Workflow {
  readonly permissions: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly needs?: readonly string[];
  readonly steps: readonly Step[];
}

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Runner {
  readonly folder: string;
  readonly checkout: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * Runs a workflow's jobs in the order of their needs, each in a fresh copy of the checkout; artifacts travel through a
 * folder. Steps named Install are passed over: the packages are there. Throws for a step that fails, and for an action
 * that it does not know.
 */
export async function runWorkflow(
  workflow: Workflow,
  { folder, checkout, environment, inputs }: Runner,
): Promise<{
  readonly jobs: readonly string[];
  readonly output: string;
  readonly summary: string;
  readonly artifacts: string;
}> {
  const artifacts = join(folder, "artifacts");
  const summary = join(folder, "summary.md");
  mkdirSync(artifacts);
  writeFileSync(summary, "");
  const done: string[] = [];
  let output = "";
  const fill = (text: string) =>
    text.replace(/\$\{\{\s*inputs\.(\w+)\s*\}\}/g, (_, name: string) => inputs[name] ?? "");
  const variables = Object.fromEntries(Object.entries(workflow.env ?? {}).map(([name, text]) => [name, fill(text)]));
  while (done.length < Object.keys(workflow.jobs).length) {
    const next = Object.entries(workflow.jobs).find(
      ([name, { needs = [] }]) => !done.includes(name) && needs.every((need) => done.includes(need)),
    );
    if (next === undefined) throw new Error("the jobs need one another in a circle");
    const [name, { steps, needs = [] }] = next;
    const directory = join(folder, `job-${name}`);
    for (const { uses, with: given = {}, run, name: title } of steps) {
      const action = uses?.replace(/@.*/, "");
      if (action === "actions/checkout") cpSync(checkout, directory, { recursive: true });
      else if (action === "actions/download-artifact") {
        if (!needs.includes(String(given.name))) throw new Error(`${name} takes ${given.name}, which it does not need`);
        cpSync(join(artifacts, String(given.name)), join(directory, String(given.path)), { recursive: true });
      } else if (action === "actions/upload-artifact") {
        const made = join(directory, String(given.path));
        if (!existsSync(made)) throw new Error(`${name} made no ${given.path}`);
        cpSync(made, join(artifacts, String(given.name)), { recursive: true });
      } else if (run !== undefined && title !== "Install") {
        const { code, stdout, stderr } = await runProcess("bash", ["-e", "-c", run], {
          directory,
          environment: { ...environment, ...variables, GITHUB_STEP_SUMMARY: summary },
        });
        if (code !== 0) throw new Error(`${name}: ${stdout}${stderr}`);
        output += stdout;
      } else if (action !== undefined && action !== "actions/setup-python") throw new Error(`unknown action ${uses}`);
    }
    done.push(name);
  }
  return { jobs: done, output, summary: readFileSync(summary, "utf8"), artifacts };
}
