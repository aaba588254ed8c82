import { dirname } from "node:path";
import { withoutCredentials } from "@reprise/core/node";
import {
  commands,
  type NotebookDocument,
  type OutputChannel,
  ProgressLocation,
  type Uri,
  window,
  workspace,
} from "vscode";
import type { CliAnswer } from "../cli/answer.ts";
import { callCli } from "../cli/call-cli.ts";
import { findCli } from "../cli/find-cli.ts";
import { settingsOf } from "../settings.ts";

export interface CliWork {
  readonly title: string;
  readonly notebook: NotebookDocument;
  readonly args: readonly string[];
  readonly log: OutputChannel;
  /** How much of the work is done when a line of progress comes, from 0 to 1; undefined where it does not tell. */
  readonly doneAt?: (line: string) => number | undefined;
}

/**
 * Runs the command line on a notebook of a trusted workspace that lies on a disk, with a progress notification whose
 * Cancel ends everything that was started. Undefined, with a message that says what to do, where it came to nothing.
 */
export async function withCli<Answer extends CliAnswer>(work: CliWork): Promise<Answer | undefined> {
  const { notebook, log, title, args, doneAt = () => undefined } = work;
  const cli = cliFor(notebook.uri);
  if (cli === undefined) return undefined;
  if (notebook.isDirty && !(await notebook.save())) return undefined;
  const directory = folderOf(notebook.uri);
  log.appendLine(withoutCredentials(`> ${cli} ${args.join(" ")}   (in ${directory})`));
  try {
    return await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        const stop = new AbortController();
        const listener = token.onCancellationRequested(() => stop.abort());
        let done = 0;
        const onLine = (line: string) => {
          log.appendLine(line);
          const increment = 100 * Math.max(0, (doneAt(line) ?? done) - done);
          done += increment / 100;
          progress.report({ message: line.trim().slice(0, 120), ...(increment > 0 && { increment }) });
        };
        try {
          const answer = await callCli<Answer>({ cli, args, directory, signal: stop.signal, onLine });
          log.appendLine(JSON.stringify(answer, undefined, 2));
          if (answer.error !== undefined) await showProblem(answer.error.message, answer.error.mend, log);
          return answer;
        } catch (error) {
          if (!stop.signal.aborted) throw error;
          log.appendLine("Cancelled.");
          return undefined;
        } finally {
          listener.dispose();
        }
      },
    );
  } catch (error) {
    await showProblem(error instanceof Error ? error.message : String(error), "", log);
    return undefined;
  }
}

function cliFor(notebook: Uri): string | undefined {
  if (!workspace.isTrusted) {
    void window.showWarningMessage("Reprise executes notebooks only in trusted workspaces.");
    return undefined;
  }
  if (notebook.scheme !== "file") {
    void window.showWarningMessage("Save the notebook to a file first: Reprise converts and runs files.");
    return undefined;
  }
  const { cliPath } = settingsOf(notebook);
  const cli = findCli({
    setting: cliPath,
    folders: [folderOf(notebook), dirname(notebook.fsPath)],
    path: process.env.PATH ?? "",
  });
  if (cli === undefined) void showMissing(cliPath);
  return cli;
}

async function showMissing(setting: string): Promise<void> {
  const message =
    setting === ""
      ? "The command line of Reprise was not found in node_modules of the workspace, nor on the PATH. Install it with: npm install -g @reprise/cli, or name it in the setting reprise.cliPath."
      : `There is no ${setting}, which the setting reprise.cliPath names.`;
  const open = "Open Setting";
  if ((await window.showErrorMessage(message, open)) === open) {
    await commands.executeCommand("workbench.action.openSettings", "reprise.cliPath");
  }
}

/** A message that waits for nobody: commands end when their work has ended. */
async function showProblem(message: string, mend: string, log: OutputChannel): Promise<void> {
  const show = "Show Log";
  log.appendLine(message);
  void window.showErrorMessage([message, mend].filter(Boolean).join(" "), show).then((chosen) => {
    if (chosen === show) log.show();
  });
}

/** The workspace's folder that holds the notebook, else the notebook's own. */
export function folderOf(notebook: Uri): string {
  return workspace.getWorkspaceFolder(notebook)?.uri.fsPath ?? dirname(notebook.fsPath);
}
