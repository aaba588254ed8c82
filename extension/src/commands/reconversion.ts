import { basename, join } from "node:path";
import { type NotebookDocument, type OutputChannel, Position, Range, Uri, window } from "vscode";
import type { ConvertAnswer, Reconversion } from "../cli/answer.ts";
import type { MergePreview } from "./merge-preview.ts";
import { withCli } from "./with-cli.ts";

/**
 * Asks whether a conversion shall be merged into the project that is there, and shows what it would change. False where
 * it shall not, or cannot be.
 */
export async function agreesToMerge(
  notebook: NotebookDocument,
  output: string,
  more: readonly string[],
  preview: MergePreview,
  log: OutputChannel,
): Promise<boolean> {
  const name = basename(output);
  const answer = await withCli<ConvertAnswer>({
    title: `Comparing ${name} with ${basename(notebook.uri.path)}`,
    notebook,
    args: ["convert", notebook.uri.fsPath, "--output", output, "--dry-run", ...more],
    log,
  });
  // Where there is nothing to merge, the conversion itself says why.
  if (answer?.reconversion === undefined) return answer !== undefined && answer.error === undefined;
  const { reconversion } = answer;
  const merge = "Merge";
  const look = "Show Changes";
  const question = `Convert ${basename(notebook.uri.path)} into ${name} again?`;
  const detail = summary(reconversion);
  const chosen = await window.showInformationMessage(question, { modal: true, detail }, merge, look);
  if (chosen !== look) return chosen === merge;
  await preview.show(output, reconversion);
  // A notification would be gone before the changes are read.
  const answers = [{ label: merge, detail }, { label: "Leave the project as it is" }];
  const answered = await window.showQuickPick(answers, { title: question, ignoreFocusOut: true });
  return answered?.label === merge;
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

const parts: readonly (readonly [readonly string[], string, string])[] = [
  [["updated", "added", "removed", "restored"], "file changes with the notebook", "files change with the notebook"],
  [["merged"], "file has your edits and the notebook's, merged", "files have your edits and the notebook's, merged"],
  [["kept", "left", "deleted"], "file stays as you edited it", "files stay as you edited them"],
];

/** `3 files change with the notebook, 1 file stays as you edited it.` */
export function summary({ files, conflicts }: Reconversion): string {
  const counted = parts.flatMap(([statuses, one, many]) => {
    const count = files.filter(({ status }) => statuses.includes(status)).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const sentences = counted.length === 0 ? [] : [`${counted.join(", ")}.`];
  if (conflicts.length > 0) {
    const places = conflicts.length === 1 ? "one place" : `${conflicts.length} places`;
    sentences.push(`In ${places} you and the notebook changed the same lines: these are marked, for you to choose.`);
  }
  return sentences.length === 0 ? "None of its files changes." : sentences.join(" ");
}
