import { type Finding, ProblemError } from "@reprise/core";
import {
  type Diagnostic,
  type DiagnosticCollection,
  type Disposable,
  languages,
  type NotebookDocument,
  type OutputChannel,
  Uri,
  workspace,
} from "vscode";
import { notebookType } from "../notebook/chosen-notebook.ts";
import { settingsOf } from "../settings.ts";
import type { Analyser } from "./analyser.ts";
import { Configurations } from "./configurations.ts";
import { findingsOf } from "./findings-of.ts";
import { toDiagnostic } from "./to-diagnostic.ts";

/** How long the typing must pause before a notebook is analysed again. */
const pauseMilliseconds = 400;

/** What is known of a notebook, and the version of its text that it is true of. */
export interface FoundHere {
  readonly findings: readonly Finding[];
  readonly diagnostics: ReadonlyMap<string, readonly { readonly finding: Finding; readonly diagnostic: Diagnostic }[]>;
}

/** Keeps the diagnostics of open notebooks up to date. Edits are waited out; a later analysis supersedes an earlier. */
export class LiveFindings implements Disposable {
  readonly #analyser: Analyser;
  readonly #log: OutputChannel;
  readonly #pages: Uri;
  readonly #shown: DiagnosticCollection = languages.createDiagnosticCollection("reprise");
  readonly #found = new Map<string, FoundHere>();
  readonly #configurations: Configurations;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #turns = new Map<string, number>();
  readonly #listeners: readonly Disposable[];

  /** `pages` is the folder of the pages that the rules' ids link to. */
  constructor(analyser: Analyser, log: OutputChannel, pages: Uri) {
    this.#analyser = analyser;
    this.#log = log;
    this.#pages = pages;
    this.#configurations = new Configurations(log, () => this.#all());
    this.#listeners = [
      this.#configurations,
      workspace.onDidOpenNotebookDocument((notebook) => this.#soon(notebook, 0)),
      workspace.onDidChangeNotebookDocument(({ notebook }) => this.#soon(notebook, pauseMilliseconds)),
      workspace.onDidCloseNotebookDocument((notebook) => this.#forget(notebook)),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("reprise")) this.#all();
      }),
    ];
    this.#all();
  }

  /** Analyses now, whatever the settings say about analysing on one's own. Throws ProblemError. */
  async refresh(notebook: NotebookDocument): Promise<readonly Finding[]> {
    const key = notebook.uri.toString();
    clearTimeout(this.#timers.get(key));
    const turn = (this.#turns.get(key) ?? 0) + 1;
    this.#turns.set(key, turn);
    const { version } = notebook;
    const analysis = await this.#analyser.analyse(notebook);
    const configuration = await this.#configurations.of(notebook);
    const findings = findingsOf(analysis, settingsOf(notebook.uri), configuration, notebook.uri.fsPath);
    if (this.#turns.get(key) === turn && notebook.version === version && !notebook.isClosed) {
      this.#show(notebook, findings);
    }
    return findings;
  }

  of(notebook: NotebookDocument): FoundHere | undefined {
    return this.#found.get(notebook.uri.toString());
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#shown.dispose();
  }

  #all(): void {
    for (const notebook of workspace.notebookDocuments) this.#soon(notebook, 0);
  }

  #soon(notebook: NotebookDocument, delay: number): void {
    if (notebook.notebookType !== notebookType) return;
    const key = notebook.uri.toString();
    clearTimeout(this.#timers.get(key));
    if (!settingsOf(notebook.uri).analyzeOnOpen) {
      this.#clear(notebook);
      return;
    }
    const timer = setTimeout(() => {
      this.refresh(notebook).catch((error: unknown) => {
        // Not a notebook for us, such as one in R: nothing to underline. Anything else belongs in the log.
        this.#clear(notebook);
        if (!(error instanceof ProblemError)) this.#log.appendLine(String((error as Error).stack ?? error));
      });
    }, delay);
    this.#timers.set(key, timer);
  }

  #show(notebook: NotebookDocument, findings: readonly Finding[]): void {
    const cells = notebook.getCells();
    const diagnostics = new Map<string, { finding: Finding; diagnostic: Diagnostic }[]>();
    for (const cell of cells) diagnostics.set(cell.document.uri.toString(), []);
    for (const finding of findings) {
      const uri = cells[finding.cell]?.document.uri.toString();
      if (uri === undefined) continue;
      diagnostics.get(uri)?.push({ finding, diagnostic: toDiagnostic(finding, notebook, this.#pages) });
    }
    this.#clear(notebook);
    this.#found.set(notebook.uri.toString(), { findings, diagnostics });
    for (const [uri, list] of diagnostics) {
      this.#shown.set(
        Uri.parse(uri),
        list.map(({ diagnostic }) => diagnostic),
      );
    }
  }

  #clear(notebook: NotebookDocument): void {
    for (const uri of this.#found.get(notebook.uri.toString())?.diagnostics.keys() ?? []) {
      this.#shown.delete(Uri.parse(uri));
    }
    this.#found.delete(notebook.uri.toString());
  }

  #forget(notebook: NotebookDocument): void {
    const key = notebook.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#turns.delete(key);
    this.#clear(notebook);
  }
}
