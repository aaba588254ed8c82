import type { AnalysedCell } from "../dataflow/model.ts";
import { joinLines } from "../notebook/lines.ts";
import type { CodeCell } from "../notebook/model.ts";
import type { Fixer } from "./fixer.ts";

/** Texts that are a Python literal, and stay the same when `repr` shows them. */
const literal = /^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|True|False|None|'[^'\\\n]*'|"[^"\\\n]*")$/;

/**
 * Brings a lost constant back: a cell whose last line is the name alone saved what it was. Only where that is a literal,
 * so that nothing is lost in what was shown.
 */
export const recordedValue: Fixer = ({ document, notebook }, { cell, subject }) => {
  for (const shown of document.cells) {
    const value = shownValue(shown, subject);
    if (value === undefined) continue;
    const first = Math.min(cell, notebook.cells.length);
    return {
      id: "restore-value",
      title: `Define \`${subject} = ${value}\`, as a saved output shows it`,
      edits: [],
      cells: [{ kind: "insert", before: first, source: `${subject} = ${value}` }],
    };
  }
  return undefined;
};

function shownValue({ cell, statements }: AnalysedCell, name: string): string | undefined {
  const last = statements.at(-1)?.node;
  if (last?.type !== "Expr" || last.value.type !== "Name" || last.value.id !== name) return undefined;
  const text = resultOf(cell);
  return text !== undefined && literal.test(text) ? text : undefined;
}

function resultOf({ outputs, executionCount }: CodeCell): string | undefined {
  for (const output of outputs) {
    const { output_type: type, data, execution_count: count } = output as Readonly<Record<string, unknown>>;
    if (type !== "execute_result" || count !== executionCount) continue;
    const text = joinLines((data as Readonly<Record<string, unknown>> | undefined)?.["text/plain"]);
    if (text !== undefined) return text;
  }
  return undefined;
}
