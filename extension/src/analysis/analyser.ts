import { dirname } from "node:path";
import {
  type Analysis,
  AnalysisSession,
  createPythonParser,
  type PythonParser,
  readNotebook,
  requirePython,
} from "@reprise/core";
import { projectFileReader, withSurroundings } from "@reprise/core/node";
import { type ExtensionContext, type NotebookDocument, Uri, workspace } from "vscode";
import { notebookText } from "../notebook/notebook-text.ts";

/** Analyses open notebooks inside the extension host. The parser is loaded when it is first needed, and kept. */
export class Analyser {
  readonly #folder: Uri;
  #parser: Promise<PythonParser> | undefined;
  /** By document, as long as it is open: edits are analysed from the edited cell on. */
  readonly #sessions = new WeakMap<NotebookDocument, AnalysisSession>();

  constructor(context: ExtensionContext) {
    this.#folder = Uri.joinPath(context.extensionUri, "dist", "wasm");
  }

  /** What stands in the editor, analysed; nothing of it is executed. Throws ProblemError: not Python, no code cells. */
  async analyse(document: NotebookDocument): Promise<Analysis> {
    this.#parser ??= this.#load();
    const parser = await this.#parser;
    const notebook = readNotebook(notebookText(document), workspace.asRelativePath(document.uri));
    requirePython(notebook);
    const session = this.#sessions.get(document) ?? new AnalysisSession(parser);
    this.#sessions.set(document, session);
    // What lies on no disk has nothing beside it: files that are not there would all be told as missing.
    const folder = document.uri.scheme === "file" ? dirname(document.uri.fsPath) : undefined;
    const analysis = session.analyse(notebook, folder === undefined ? undefined : projectFileReader(folder));
    return folder === undefined ? analysis : withSurroundings(analysis, folder);
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
