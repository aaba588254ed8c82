import { type Analysis, AnalysisSession, type PythonParser, readNotebook, requirePython } from "@reprise/core";
import { projectFileReader, withSurroundings } from "@reprise/core/node";
import { drawnGraph } from "../graph/drawn-graph.ts";
import { chosenFindings, chosenFixes } from "./chosen-findings.ts";
import type { OpenText, Question, QuestionKind, Questions } from "./question.ts";

const answers: {
  readonly [Kind in QuestionKind]: (analysis: Analysis, asked: Questions[Kind]["asked"]) => Questions[Kind]["answer"];
} = { findings: chosenFindings, fixes: chosenFixes, graph: drawnGraph };

/** Analyses notebooks and keeps what it knows of each, so that an edit is analysed from the edited cell on. */
export class AnswerDesk {
  readonly #parser: PythonParser;
  readonly #sessions = new Map<string, AnalysisSession>();

  constructor(parser: PythonParser) {
    this.#parser = parser;
  }

  /** Nothing of the notebook is executed. Throws ProblemError: not Python, no code cells. */
  answer<Kind extends QuestionKind>({ kind, notebook, asked }: Question<Kind>): Questions[Kind]["answer"] {
    return answers[kind](this.#analyse(notebook), asked);
  }

  forget(key: string): void {
    this.#sessions.delete(key);
  }

  #analyse({ key, path, text, folder }: OpenText): Analysis {
    const notebook = readNotebook(text, path);
    requirePython(notebook);
    const session = this.#sessions.get(key) ?? new AnalysisSession(this.#parser);
    this.#sessions.set(key, session);
    // What lies on no disk has nothing beside it: files that are not there would all be told as missing.
    if (folder === undefined) return session.analyse(notebook);
    return withSurroundings(session.analyse(notebook, projectFileReader(folder)), folder);
  }
}
