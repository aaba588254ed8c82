import { dirname } from "node:path";
import { type Configuration, ProblemError } from "@reprise/core";
import { findConfiguration } from "@reprise/core/node";
import { type Disposable, type NotebookDocument, type OutputChannel, window, workspace } from "vscode";

/** The projects' own settings (`reprise.toml`, `pyproject.toml`), read anew when such a file is saved. */
export class Configurations implements Disposable {
  readonly #log: OutputChannel;
  readonly #watcher = workspace.createFileSystemWatcher("**/{reprise,pyproject}.toml");
  readonly #listeners: readonly Disposable[];
  readonly #found = new Map<string, Promise<Configuration | undefined>>();
  /** What was told already: a fault is told once, not with every edit of a notebook. */
  #told = "";

  constructor(log: OutputChannel, onChange: () => void) {
    this.#log = log;
    const changed = () => {
      this.#found.clear();
      onChange();
    };
    this.#listeners = [
      this.#watcher.onDidChange(changed),
      this.#watcher.onDidCreate(changed),
      this.#watcher.onDidDelete(changed),
    ];
  }

  /** The configuration that holds for a notebook; none where it cannot be used, which the user is told. */
  async of({ uri }: NotebookDocument): Promise<Configuration | undefined> {
    if (uri.scheme !== "file") return undefined;
    const folder = dirname(uri.fsPath);
    let found = this.#found.get(folder);
    if (found === undefined) {
      found = findConfiguration(folder);
      this.#found.set(folder, found);
    }
    try {
      return await found;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#tell(error);
      return undefined;
    }
  }

  dispose(): void {
    this.#watcher.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }

  #tell({ problem: { message, place, mend } }: ProblemError): void {
    const text = `${place?.file ?? ""}:${place?.line ?? 1}: ${message}. ${mend}`;
    if (text === this.#told) return;
    this.#told = text;
    this.#log.appendLine(text);
    void window.showWarningMessage(text);
  }
}
