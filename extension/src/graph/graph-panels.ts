import type { Disposable, NotebookDocument } from "vscode";
import type { Analyser } from "../analysis/analyser.ts";
import { GraphPanel } from "./graph-panel.ts";

/** One panel for each notebook whose graph is shown. */
export class GraphPanels implements Disposable {
  readonly #analyser: Analyser;
  readonly #open = new Map<string, GraphPanel>();

  constructor(analyser: Analyser) {
    this.#analyser = analyser;
  }

  async show(notebook: NotebookDocument): Promise<void> {
    const key = notebook.uri.toString();
    let panel = this.#open.get(key);
    if (panel === undefined) {
      panel = new GraphPanel(notebook, this.#analyser, () => this.#open.delete(key));
      this.#open.set(key, panel);
    } else {
      panel.reveal();
    }
    await panel.draw();
  }

  dispose(): void {
    for (const panel of [...this.#open.values()]) panel.dispose();
  }
}
