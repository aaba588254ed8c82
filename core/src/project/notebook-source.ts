import type { AnalysedCell, Dataflow, Statement, StatementId } from "../dataflow/model.ts";
import { cellOf } from "../dataflow/statement-id.ts";
import { ProblemError } from "../problem/problem.ts";
import type * as ast from "../python/ast.ts";
import type { Span } from "../text/position.ts";

/** A statement with the comments that belong to it. Spans are offsets in `python`, its cell's translation. */
export interface SourcedStatement {
  readonly id: StatementId;
  readonly cell: AnalysedCell;
  readonly statement: Statement;
  readonly python: string;
  /** With the comments above it, behind it and, for the last of a cell, below it. */
  readonly span: Span;
  /** Without those; decorators included. */
  readonly code: Span;
  /** A blank line stands above it, or it is the first of its cell. */
  readonly afterGap: boolean;
  readonly isLastOfCell: boolean;
  /** A semicolon behind it keeps the notebook from showing its value. */
  readonly silenced: boolean;
}

/** The statements of a notebook by id. */
export class NotebookSource {
  readonly #statements = new Map<StatementId, SourcedStatement>();
  /** Position of each statement in the order that was analysed. */
  readonly #positions = new Map<StatementId, number>();
  readonly #path: string;

  /** `document` has the cells too that the order of `dataflow` does not run. */
  constructor(dataflow: Dataflow, document: Dataflow, path: string) {
    this.#path = path;
    for (const cell of new Set([...document.cells, ...dataflow.cells])) {
      for (const sourced of sourceOfCell(cell)) this.#statements.set(sourced.id, sourced);
    }
    for (const [at, statement] of dataflow.statements.entries()) this.#positions.set(statement.id, at);
  }

  /** Throws ProblemError for a statement that the notebook does not have: the plan is of another notebook. */
  statement(id: StatementId): SourcedStatement {
    const found = this.#statements.get(id);
    if (found !== undefined) return found;
    throw new ProblemError({
      id: "RP125",
      message: `The plan names statement ${id}, which ${this.#path} does not have`,
      place: { file: this.#path, cell: cellOf(id) },
      mend: "Make the plan again from this version of the notebook: reprise convert NOTEBOOK -o DIR --dry-run --json",
    });
  }

  /** Where a statement stands in the order that the pipeline follows, from 0. */
  position(id: StatementId): number {
    return this.#positions.get(id) ?? -1;
  }
}

function sourceOfCell(cell: AnalysedCell): SourcedStatement[] {
  const python = cell.translation.python;
  const statements = cell.statements;
  const comments = cell.module.comments;
  const sourced: SourcedStatement[] = [];
  let nextComment = 0;
  let taken = 0;
  for (const [ordinal, statement] of statements.entries()) {
    const code = { start: startWithDecorators(statement.node, python), end: statement.node.end };
    const following = statements[ordinal + 1];
    const limit = following === undefined ? python.length : startWithDecorators(following.node, python);
    let start = code.start;
    while (nextComment < comments.length && (comments[nextComment] as ast.Comment).start < code.start) {
      const comment = comments[nextComment++] as ast.Comment;
      if (comment.start >= taken && standsAlone(python, comment.start)) start = Math.min(start, comment.start);
    }
    let end = code.end;
    while (nextComment < comments.length && (comments[nextComment] as ast.Comment).start < limit) {
      const comment = comments[nextComment] as ast.Comment;
      const inside = comment.end <= code.end;
      const behind = comment.start >= code.end && !python.slice(code.end, comment.start).includes("\n");
      const indented = standsAlone(python, comment.start) && comment.start > lineStart(python, comment.start);
      if (!inside && !behind && !indented && following !== undefined) break;
      end = Math.max(end, comment.end);
      nextComment++;
    }
    const gap = ordinal === 0 || /\n[ \t]*\n/.test(python.slice(taken, start));
    sourced.push({
      id: statement.id,
      cell,
      statement,
      python,
      span: { start, end },
      code,
      afterGap: gap,
      isLastOfCell: following === undefined,
      silenced: /^[ \t]*;/.test(python.slice(code.end, code.end + 40)),
    });
    taken = end;
  }
  return sourced;
}

function startWithDecorators(node: ast.Stmt, python: string): number {
  if (!("decorator_list" in node) || node.decorator_list.length === 0) return node.start;
  const first = Math.min(...node.decorator_list.map((each) => each.start));
  return Math.min(node.start, python.lastIndexOf("@", first));
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function standsAlone(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}
