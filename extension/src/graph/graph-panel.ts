import { randomBytes } from "node:crypto";
import { basename } from "node:path";
import {
  type Analysis,
  type Dataflow,
  dataflowGraph,
  type GraphView,
  ProblemError,
  planGraph,
  planPipeline,
  type Statement,
} from "@reprise/core";
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
import { type FromGraphPage, type GraphUnit, graphPage } from "./graph-page.ts";

const pauseMilliseconds = 600;
const nothing: GraphView = { nodes: [], edges: [] };

/** The graph of a notebook beside it, drawn again while the notebook changes. */
export class GraphPanel implements Disposable {
  readonly #notebook: NotebookDocument;
  readonly #analyser: Analyser;
  readonly #panel: WebviewPanel;
  readonly #listeners: Disposable[] = [];
  #unit: GraphUnit = "stage";
  #timer: NodeJS.Timeout | undefined;

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
    const { view, message } = await this.#view();
    const nonce = randomBytes(16).toString("base64url");
    const title = this.#panel.title;
    this.#panel.webview.html = graphPage({ title, by: this.#unit, view, nonce, ...(message ? { message } : {}) });
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.draw(), pauseMilliseconds);
  }

  async #view(): Promise<{ readonly view: GraphView; readonly message?: string }> {
    try {
      return viewOf(await this.#analyser.analyse(this.#notebook), this.#unit);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { view: nothing, message: `${error.problem.message} ${error.problem.mend}` };
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

function viewOf(analysis: Analysis, unit: GraphUnit): { readonly view: GraphView; readonly message?: string } {
  const planned = planPipeline(analysis, {});
  if (unit !== "stage") {
    const plan = planned.outcome === "planned" ? { plan: planned.plan } : {};
    return { view: dataflowGraph(withoutImports(analysis.document), { by: unit, ...plan }) };
  }
  if (planned.outcome === "planned") return { view: planGraph(planned.plan) };
  const why = planned.reasons.map((reason) => `Cell ${reason.cell}: ${reason.message}`).join(" ");
  return { view: nothing, message: `There is no pipeline to draw yet. ${why}` };
}

/** Everything needs the imports; drawn, they would hide the rest. */
function withoutImports(dataflow: Dataflow): Dataflow {
  const isDrawn = ({ node }: Statement) => node.type !== "Import" && node.type !== "ImportFrom";
  const statements = dataflow.statements.filter(isDrawn);
  const drawn = new Set(statements.map(({ id }) => id));
  return { ...dataflow, statements, edges: dataflow.edges.filter(({ from, to }) => drawn.has(from) && drawn.has(to)) };
}
