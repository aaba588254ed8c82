import { type NotebookDocument, Uri, window, workspace } from "vscode";

export const notebookType = "jupyter-notebook";

/**
 * The notebook that a command is meant for: the one it is given (by the notebook's toolbar, the explorer, or another
 * extension), else the active one. Undefined, with a word to the user, where there is none.
 */
export async function chosenNotebook(argument: unknown): Promise<NotebookDocument | undefined> {
  const uri = uriIn(argument);
  const open = uri ? await workspace.openNotebookDocument(uri) : window.activeNotebookEditor?.notebook;
  if (open?.notebookType === notebookType) return open;
  void window.showInformationMessage("Open a Jupyter notebook first.");
  return undefined;
}

/** The explorer hands over a Uri, the toolbar of a notebook an object that names its notebook. */
function uriIn(argument: unknown): Uri | undefined {
  if (argument instanceof Uri) return argument;
  if (typeof argument !== "object" || argument === null || !("notebookEditor" in argument)) return undefined;
  const { notebookEditor } = argument as { notebookEditor?: { notebookUri?: unknown } };
  return notebookEditor?.notebookUri instanceof Uri ? notebookEditor.notebookUri : undefined;
}
