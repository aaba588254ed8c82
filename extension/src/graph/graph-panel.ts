import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import { ProblemError } from "@reprise/core";
import {
  type Disposable,
  type NotebookDocument,
  NotebookRange,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { Analyser } from "../analysis/analyser.ts";
import type { DrawnGraph, GraphUnit } from "./drawn-graph.ts";
import { type FromGraphPage, graphPage } from "./graph-page.ts";

const pauseMilliseconds = 600;
const drawing: DrawnGraph = { drawing: "", cells: [], message: "Drawing the graph ..." };

/** The graph of a notebook beside it, drawn again while the notebook changes. */
export class GraphPanel implements Disposable {
  readonly #notebook: NotebookDocument;
  readonly #analyser: Analyser;
  readonly #panel: WebviewPanel;
  readonly #listeners: Disposable[] = [];
  #unit: GraphUnit = "stage";
  #timer: NodeJS.Timeout | undefined;
  #isEmpty = true;
  #isDisposed = false;

  constructor(notebook: NotebookDocument, analyser: Analyser, onEnd: () => void) {
    this.#notebook = notebook;
    this.#analyser = analyser;
    this.#panel = window.createWebviewPanel(
      "reprise.graph",
      `Graph of ${basename(notebook.uri.path)}`,
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [] },
    );
    this.#panel.onDidDispose(() => {
      this.#isDisposed = true;
      clearTimeout(this.#timer);
      for (const listener of this.#listeners) listener.dispose();
      onEnd();
    });
    this.#listeners.push(
      this.#panel.webview.onDidReceiveMessage((message: FromGraphPage) => void this.#answer(message)),
      workspace.onDidChangeNotebookDocument((change) => {
        if (change.notebook === notebook) this.#soon();
      }),
      workspace.onDidCloseNotebookDocument((closed) => {
        if (closed === notebook) this.dispose();
      }),
    );
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  /** Draws what stands in the editor now. */
  async draw(): Promise<void> {
    if (this.#isEmpty) this.#show(drawing);
    const graph = await this.#graph();
    if (graph !== undefined && !this.#isDisposed) this.#show(graph);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.draw(), pauseMilliseconds);
  }

  #show(graph: DrawnGraph): void {
    this.#isEmpty = false;
    const nonce = randomBytes(16).toString("base64url");
    this.#panel.webview.html = graphPage({ title: this.#panel.title, by: this.#unit, graph, nonce });
  }

  async #graph(): Promise<DrawnGraph | undefined> {
    try {
      return await this.#analyser.ask("graph", this.#notebook, this.#unit);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { drawing: "", cells: [], message: `${error.problem.message} ${error.problem.mend}` };
    }
  }

  async #answer(message: FromGraphPage): Promise<void> {
    if (message.kind === "choose") {
      this.#unit = message.by;
      await this.draw();
      return;
    }
    const range = new NotebookRange(message.cell, message.cell + 1);
    const viewColumn = window.visibleNotebookEditors.find((one) => one.notebook === this.#notebook)?.viewColumn;
    const editor = await window.showNotebookDocument(this.#notebook, viewColumn === undefined ? {} : { viewColumn });
    editor.selections = [range];
    editor.revealRange(range);
  }
}
