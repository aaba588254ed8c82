import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type NotebookDocument, type OutputChannel, Uri, window, workspace } from "vscode";
import type { RunAnswer } from "../cli/answer.ts";
import { settingsOf } from "../settings.ts";
import { parseParameters } from "./parameters.ts";
import { runMessage, shareDone, shortId } from "./run-message.ts";
import { showPage, withPage } from "./show-page.ts";
import { folderOf, withCli } from "./with-cli.ts";

/** Values of parameters, when the caller knows them; otherwise the user is asked. */
export interface RunRequest {
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Runs the notebook in its pinned environment, recorded, and offers its output. */
export async function run(
  notebook: NotebookDocument,
  request: RunRequest,
  log: OutputChannel,
): Promise<RunAnswer | undefined> {
  const parameters = request.parameters ? Object.entries(request.parameters) : await askForParameters();
  if (parameters === undefined) return undefined;
  const answer = await withCli<RunAnswer>({
    title: `Running ${basename(notebook.uri.path)}`,
    notebook,
    args: [
      "run",
      notebook.uri.fsPath,
      ...parameters.flatMap(([name, value]) => ["-p", `${name}=${value}`]),
      ...settingsOf(notebook.uri).runArguments,
    ],
    log,
    doneAt: (line) => shareDone(line, notebook.cellCount),
  });
  if (answer?.run !== undefined) void offerOutput(answer, notebook, log);
  return answer;
}

async function askForParameters(): Promise<readonly (readonly [string, string])[] | undefined> {
  const text = await window.showInputBox({
    title: "Run Reproducibly",
    prompt: "Parameters of this run, or nothing for the notebook's own values",
    placeHolder: "n_trees=300 test_size=0.3",
    validateInput: (text) => (parseParameters(text) === undefined ? "Write them as name=value name=value" : undefined),
  });
  return text === undefined ? undefined : parseParameters(text);
}

async function offerOutput(answer: RunAnswer, notebook: NotebookDocument, log: OutputChannel): Promise<void> {
  const open = "Open Output";
  const page = "Show Page";
  const show = "Show Log";
  const executed = executedNotebook(answer, notebook.uri);
  const buttons = executed === undefined ? [page, show] : [open, page, show];
  const tell = answer.outcome === "succeeded" ? window.showInformationMessage : window.showWarningMessage;
  const chosen = await tell(runMessage(answer), ...buttons);
  if (chosen === show) log.show();
  if (chosen === page) await showRunPage(shortId(answer), notebook, log);
  if (chosen === open && executed !== undefined) {
    await window.showNotebookDocument(await workspace.openNotebookDocument(executed));
  }
}

async function showRunPage(run: string, notebook: NotebookDocument, log: OutputChannel): Promise<void> {
  const { page } = await withPage((file) =>
    withCli({ title: `Writing the page of run ${run}`, notebook, args: ["runs", "show", run, "--html", file], log }),
  );
  if (page !== undefined) showPage(`Run ${run}`, page);
}

/** The command line keeps it in its store, beside the record. */
function executedNotebook({ record }: RunAnswer, notebook: Uri): Uri | undefined {
  if (record === undefined) return undefined;
  const file = join(dirname(resolve(folderOf(notebook), record)), "notebook.ipynb");
  return existsSync(file) ? Uri.file(file) : undefined;
}
