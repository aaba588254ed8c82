import { type ProblemId, problems } from "./catalog.ts";

/** Where a problem stands. `cell` is an index into the file's cells from 0; `line` and `column` count from 1. */
export interface ProblemPlace {
  readonly file: string;
  readonly cell?: number;
  readonly line?: number;
  readonly column?: number;
}

/** What a user is told when something cannot be done: what, where, and how to mend it. */
export interface Problem {
  readonly id: ProblemId;
  readonly message: string;
  readonly place?: ProblemPlace;
  /** What to do about it, as a sentence that says what to type or change. */
  readonly mend: string;
  /** The message of what lies beneath, such as a library's or the operating system's. */
  readonly cause?: string;
}

/** Carries a problem up to the face (command line, editor) that shows it. Anything else that is thrown is a bug. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.message, options);
    this.name = "ProblemError";
    this.problem = problem;
  }

  /** The exit code that the contract of the command line gives this problem. */
  get exitCode(): number {
    return problems[this.problem.id].exit;
  }
}
