import { existsSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { commands, type NotebookDocument, type OutputChannel, Uri, window, workspace } from "vscode";
import type { ConvertAnswer } from "../cli/answer.ts";
import { settingsOf } from "../settings.ts";
import type { MergePreview } from "./merge-preview.ts";
import { agreesToMerge, showConflicts } from "./reconversion.ts";
import { showPage, withPage } from "./show-page.ts";
import { folderOf, withCli } from "./with-cli.ts";

/** Where the project goes, when the caller knows; otherwise the user is asked. */
export interface ConvertRequest {
  readonly output?: string;
}

/** Makes a project of the notebook beside it, and offers to look at it. */
export async function convert(
  notebook: NotebookDocument,
  request: ConvertRequest,
  preview: MergePreview,
  log: OutputChannel,
): Promise<ConvertAnswer | undefined> {
  const output = request.output ?? (await askForFolder(notebook.uri));
  if (output === undefined) return undefined;
  const { convertArguments, proves } = settingsOf(notebook.uri);
  if (request.output === undefined && existsSync(join(output, "reprise.json"))) {
    if (!(await agreesToMerge(notebook, output, convertArguments, preview, log))) return undefined;
  }
  const work = (proof: readonly string[]) =>
    withCli<ConvertAnswer>({
      title: `Converting ${basename(notebook.uri.path)}`,
      notebook,
      args: ["convert", notebook.uri.fsPath, "--output", output, ...proof, ...convertArguments],
      log,
    });
  const { answer, page } = proves
    ? await withPage((file) => work(["--prove", "--report", file]))
    : { answer: await work([]), page: undefined };
  if (answer?.outcome === "diagnosed") showDiagnosis(answer, log);
  else if (answer?.outcome === "converted-with-conflicts") void showConflicts(answer, output);
  else if (answer?.outcome.startsWith("converted")) void offerProject(answer, output, page);
  return answer;
}

async function askForFolder(notebook: Uri): Promise<string | undefined> {
  const folder = folderOf(notebook);
  const stem = basename(notebook.fsPath, ".ipynb");
  const value = relative(folder, join(dirname(notebook.fsPath), `${stem}-pipeline`));
  const answer = await window.showInputBox({
    title: "Convert to Pipeline",
    prompt: `A folder for the project, in ${folder}. A project that is there is converted again, and your edits are kept`,
    value,
    valueSelection: [value.length - `${stem}-pipeline`.length, value.length],
    validateInput: (text) => (text.trim() === "" ? "The project needs a folder of its own." : undefined),
  });
  return answer === undefined ? undefined : join(folder, answer);
}

function showDiagnosis(answer: ConvertAnswer, log: OutputChannel): void {
  const [first] = answer.findings ?? [];
  const why = first === undefined ? "See the log." : `Cell ${first.cell}: ${first.message}`;
  const show = "Show Log";
  void window.showWarningMessage(`No project was made. ${why}`, show).then((chosen) => {
    if (chosen === show) log.show();
  });
}

async function offerProject(answer: ConvertAnswer, output: string, page: string | undefined): Promise<void> {
  const stages = (answer.stages ?? []).map((stage) => stage.name);
  const open = "Open README";
  const reveal = "Show Folder";
  const look = "Show Proof";
  const buttons = [open, ...(page === undefined ? [] : [look]), reveal];
  const made = `Made a pipeline of ${stages.length === 1 ? "one stage" : `the stages ${stages.join(", ")}`}.`;
  const { proof } = answer;
  const isProven = proof === undefined || proof.outcome === "identical" || proof.outcome === "equivalent";
  const chosen = isProven
    ? await window.showInformationMessage(
        `${made}${proof ? ` Proven ${proof.outcome} with the notebook.` : ""}`,
        ...buttons,
      )
    : await window.showWarningMessage(`${made} It is not proven: ${proof.reason ?? proof.outcome}`, ...buttons);
  if (chosen === look && page !== undefined) showPage(`Proof of ${basename(output)}`, page);
  const folder = Uri.file(output);
  if (chosen === open) await commands.executeCommand("markdown.showPreview", Uri.joinPath(folder, "README.md"));
  if (chosen === reveal) {
    const inside = workspace.getWorkspaceFolder(folder) !== undefined;
    await commands.executeCommand(inside ? "revealInExplorer" : "revealFileInOS", folder);
  }
}
