import {
  type Analysis,
  analyseNotebook,
  createPythonParser,
  type PythonParser,
  readNotebook,
  requirePython,
} from "@reprise/core";
import { type ExtensionContext, type NotebookDocument, Uri, workspace } from "vscode";
import { notebookText } from "../notebook/notebook-text.ts";

/** Analyses open notebooks inside the extension host. The parser is loaded when it is first needed, and kept. */
export class Analyser {
  readonly #folder: Uri;
  #parser: Promise<PythonParser> | undefined;

  constructor(context: ExtensionContext) {
    this.#folder = Uri.joinPath(context.extensionUri, "dist", "wasm");
  }

  /** What stands in the editor, analysed; nothing of it is executed. Throws ProblemError: not Python, no code cells. */
  async analyse(document: NotebookDocument): Promise<Analysis> {
    this.#parser ??= this.#load();
    const parser = await this.#parser;
    const notebook = readNotebook(notebookText(document), workspace.asRelativePath(document.uri));
    requirePython(notebook);
    return analyseNotebook(notebook, parser);
  }

  async #load(): Promise<PythonParser> {
    const [runtime, python] = await Promise.all(
      ["web-tree-sitter.wasm", "tree-sitter-python.wasm"].map((file) =>
        workspace.fs.readFile(Uri.joinPath(this.#folder, file)),
      ),
    );
    if (runtime === undefined || python === undefined) throw new Error(`No parser in ${this.#folder}`);
    return createPythonParser({ runtime, python });
  }
}
