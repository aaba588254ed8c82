import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { ProblemError } from "@reprise/core";
import { type CancellationToken, type Disposable, type NotebookDocument, type Uri, workspace } from "vscode";
import { notebookText } from "../notebook/notebook-text.ts";
import type { FromWorker, Question, QuestionKind, Questions, ToWorker } from "./question.ts";

interface Waiting {
  readonly question: Question;
  readonly resolve: (answer: Questions[QuestionKind]["answer"]) => void;
  readonly reject: (error: unknown) => void;
}

/** Analyses open notebooks in a thread of its own, which is started when it is first needed. */
export class Analyser implements Disposable {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listener: Disposable;
  #worker: Worker | undefined;
  #last = 0;

  /** `file` is the bundled thread. */
  constructor(file: Uri) {
    this.#file = file.fsPath;
    this.#listener = workspace.onDidCloseNotebookDocument(({ uri }) => {
      if (this.#worker !== undefined) this.#tell({ closed: uri.toString() });
    });
  }

  /**
   * What stands in the editor now, analysed; nothing of it is executed. Where it is asked the same of a later state
   * meanwhile, that one's answer comes. Undefined once `token` is cancelled. Throws ProblemError: not Python, no code cells.
   */
  async ask<Kind extends QuestionKind>(
    kind: Kind,
    document: NotebookDocument,
    asked: Questions[Kind]["asked"],
    token?: CancellationToken,
  ): Promise<Questions[Kind]["answer"] | undefined> {
    const { uri } = document;
    const notebook = {
      key: uri.toString(),
      path: workspace.asRelativePath(uri),
      text: notebookText(document),
      ...(uri.scheme === "file" ? { folder: dirname(uri.fsPath) } : {}),
    };
    const { promise, resolve, reject } = Promise.withResolvers<Questions[Kind]["answer"] | undefined>();
    this.#last += 1;
    const id = this.#last;
    const question: Question = { kind, notebook, asked };
    this.#waiting.set(id, { question, resolve: (answer) => resolve(answer as Questions[Kind]["answer"]), reject });
    this.#tell({ id, question });
    const listener = token?.onCancellationRequested(() => {
      if (!this.#waiting.delete(id)) return;
      resolve(undefined);
      this.#restart();
    });
    return promise.finally(() => listener?.dispose());
  }

  dispose(): void {
    this.#listener.dispose();
    void this.#worker?.terminate();
  }

  #tell(message: ToWorker): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(this.#file);
    worker.on("message", (message: FromWorker) => {
      for (const id of message.ids) {
        const waiting = this.#waiting.get(id);
        this.#waiting.delete(id);
        if ("answer" in message) waiting?.resolve(message.answer);
        else if ("problem" in message) waiting?.reject(new ProblemError(message.problem));
        else waiting?.reject(new Error(message.stack));
      }
    });
    worker.on("error", (error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      const lost = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { reject } of lost) reject(error);
    });
    return worker;
  }

  /** A thread cannot be interrupted in its work: another takes over what others still wait for. */
  #restart(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
    for (const [id, { question }] of this.#waiting) this.#tell({ id, question });
  }
}
