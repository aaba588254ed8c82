/**
 * The thread in which notebooks are analysed, so that a long one does not keep the editor's other extensions waiting.
 * Of questions of one kind about one notebook only the last is worked on: its answer is the answer to those before.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { createPythonParser, ProblemError } from "@reprise/core";
import { AnswerDesk } from "./answer-desk.ts";
import type { FromWorker, Question, ToWorker } from "./question.ts";

const [runtime, python] = ["web-tree-sitter.wasm", "tree-sitter-python.wasm"].map((file) =>
  readFileSync(join(import.meta.dirname, "wasm", file)),
) as [Buffer, Buffer];
const desk = createPythonParser({ runtime, python }).then((parser) => new AnswerDesk(parser));
const waiting = new Map<string, { readonly ids: readonly number[]; readonly question: Question }>();

parentPort?.on("message", (message: ToWorker) => {
  if ("closed" in message) {
    void desk.then((ready) => ready.forget(message.closed));
    return;
  }
  const { id, question } = message;
  const slot = `${question.kind} ${question.notebook.key}`;
  const before = waiting.get(slot)?.ids ?? [];
  waiting.delete(slot);
  waiting.set(slot, { ids: [...before, id], question });
  setImmediate(() => void answerNext());
});

async function answerNext(): Promise<void> {
  const ready = await desk;
  const [slot, next] = waiting.entries().next().value ?? [];
  if (slot === undefined || next === undefined) return;
  waiting.delete(slot);
  parentPort?.postMessage(answered(ready, next.ids, next.question));
}

function answered(desk: AnswerDesk, ids: readonly number[], question: Question): FromWorker {
  try {
    return { ids, answer: desk.answer(question) };
  } catch (error) {
    if (error instanceof ProblemError) return { ids, problem: error.problem };
    return { ids, stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
