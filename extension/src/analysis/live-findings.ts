import { type Finding, type Fix, ProblemError } from "@reprise/core";
import {
  type CancellationToken,
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
import { findingChoice } from "./finding-choice.ts";
import type { FindingChoice } from "./question.ts";
import { toDiagnostic } from "./to-diagnostic.ts";

/** How long the typing must pause before a notebook is analysed again. */
const pauseMilliseconds = 400;

/** A finding as it is shown, and its place among all of the notebook. */
export interface ShownFinding {
  readonly at: number;
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

/** What is known of a notebook, by its cells' addresses; cells in which nothing was found are not there. */
interface FoundHere {
  readonly notebook: NotebookDocument;
  /** Of the notebook that was analysed. */
  readonly version: number;
  readonly choice: FindingChoice;
  readonly diagnostics: ReadonlyMap<string, readonly ShownFinding[]>;
  /** Asked for when they are first wanted: some need more analysis than the findings do. */
  fixes?: Promise<readonly (readonly Fix[])[] | undefined>;
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

  /** Analyses now, whatever the settings say about analysing on one's own. Undefined once cancelled. Throws ProblemError. */
  async refresh(notebook: NotebookDocument, token?: CancellationToken): Promise<readonly Finding[] | undefined> {
    const key = notebook.uri.toString();
    clearTimeout(this.#timers.get(key));
    const turn = (this.#turns.get(key) ?? 0) + 1;
    this.#turns.set(key, turn);
    const configuration = await this.#configurations.of(notebook);
    const choice = findingChoice(settingsOf(notebook.uri), configuration, notebook.uri.fsPath);
    const { version } = notebook;
    const findings = await this.#analyser.ask("findings", notebook, choice, token);
    if (findings === undefined) return undefined;
    if (this.#turns.get(key) === turn && notebook.version === version && !notebook.isClosed) {
      this.#show(notebook, version, choice, findings);
    }
    return findings;
  }

  /** What is known of the notebook that has this cell. */
  around(cell: Uri): { readonly notebook: NotebookDocument; readonly here: readonly ShownFinding[] } | undefined {
    for (const { notebook, diagnostics } of this.#found.values()) {
      const here = diagnostics.get(cell.toString());
      if (here !== undefined) return { notebook, here };
    }
    return undefined;
  }

  /** What mends each finding that is shown of a notebook, in their order; nothing where it has been edited since. */
  async fixes(notebook: NotebookDocument): Promise<readonly (readonly Fix[])[]> {
    const found = this.#found.get(notebook.uri.toString());
    if (found === undefined || notebook.version !== found.version) return [];
    found.fixes ??= this.#analyser.ask("fixes", notebook, found.choice);
    const fixes = await found.fixes;
    return notebook.version === found.version ? (fixes ?? []) : [];
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

  #show(notebook: NotebookDocument, version: number, choice: FindingChoice, findings: readonly Finding[]): void {
    const diagnostics = Map.groupBy(
      findings
        .map((finding, at) => ({ at, finding, diagnostic: toDiagnostic(finding, notebook, this.#pages) }))
        .filter(({ finding: { cell } }) => cell < notebook.cellCount),
      ({ finding }) => notebook.cellAt(finding.cell).document.uri.toString(),
    );
    this.#replace(notebook, { notebook, version, choice, diagnostics });
  }

  #clear(notebook: NotebookDocument): void {
    this.#replace(notebook, undefined);
  }

  /** In one message to the editor: one for each cell would keep it busy in a long notebook. */
  #replace({ uri }: NotebookDocument, found: FoundHere | undefined): void {
    const key = uri.toString();
    const before = this.#found.get(key)?.diagnostics.keys() ?? [];
    const cells = new Set([...before, ...(found?.diagnostics.keys() ?? [])]);
    if (found === undefined) this.#found.delete(key);
    else this.#found.set(key, found);
    if (cells.size === 0) return;
    this.#shown.set(
      [...cells].map((cell) => [Uri.parse(cell), found?.diagnostics.get(cell)?.map(({ diagnostic }) => diagnostic)]),
    );
  }

  #forget(notebook: NotebookDocument): void {
    const key = notebook.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#turns.delete(key);
    this.#clear(notebook);
  }
}
