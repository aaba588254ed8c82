import { basename, join } from "node:path";
import { type NotebookDocument, type OutputChannel, Position, Range, Uri, window, workspace } from "vscode";
import type { ConvertAnswer, Reconversion } from "../cli/answer.ts";
import { withCli } from "./with-cli.ts";

/**
 * Asks whether a conversion shall be merged into the project that is there, and shows what it would change. False where
 * it shall not, or cannot be.
 */
export async function agreesToMerge(
  notebook: NotebookDocument,
  output: string,
  more: readonly string[],
  log: OutputChannel,
): Promise<boolean> {
  const answer = await withCli<ConvertAnswer>({
    title: `Comparing ${basename(output)} with ${basename(notebook.uri.path)}`,
    notebook,
    args: ["convert", notebook.uri.fsPath, "--output", output, "--dry-run", ...more],
    log,
  });
  if (answer?.reconversion === undefined) return answer !== undefined && answer.error === undefined;
  const { reconversion } = answer;
  const merge = "Merge";
  const look = "Show Changes";
  const message = `${basename(output)} is a project already. ${summary(reconversion)}`;
  const chosen = await window.showInformationMessage(message, { modal: true }, merge, look);
  if (chosen === merge) return true;
  if (chosen === look) {
    const content = diffOf(reconversion) || "No file changes.\n";
    await window.showTextDocument(await workspace.openTextDocument({ language: "diff", content }), { preview: true });
    const again = await window.showInformationMessage("Merge these changes into the project?", merge);
    return again === merge;
  }
  return false;
}

/** Opens the first conflict, and says how many there are. */
export async function showConflicts(answer: ConvertAnswer, output: string): Promise<void> {
  const conflicts = answer.reconversion?.conflicts ?? [];
  const [first] = conflicts;
  if (first === undefined) return;
  const places = conflicts.map(({ path, line }) => `${path}:${line}`).join(", ");
  void window.showWarningMessage(
    `You and the notebook changed the same lines: ${places}. Choose what shall stand there.`,
  );
  const place = new Position(first.line - 1, 0);
  await window.showTextDocument(Uri.file(join(output, first.path)), { selection: new Range(place, place) });
}

function summary({ files, conflicts }: Reconversion): string {
  const count = (...wanted: string[]) => files.filter(({ status }) => wanted.includes(status)).length;
  const changed = count("updated", "added", "removed", "restored");
  const text = `${changed} of its files change with the notebook, ${count("kept", "left")} keep your edits, ${count("merged")} are merged.`;
  return conflicts.length === 0 ? text : `${text} Conflicts: ${conflicts.length}, which will be marked.`;
}

function diffOf({ files }: Reconversion): string {
  return files
    .flatMap(({ path, diff = [] }) => [
      ...(diff.length === 0 ? [] : [`--- a/${path}`, `+++ b/${path}`]),
      ...diff.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
        `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
        ...lines,
      ]),
    ])
    .map((line) => `${line}\n`)
    .join("");
}
