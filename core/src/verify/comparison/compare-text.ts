import type { PrintedText } from "../sides/notebook-capture.ts";
import type { Nondeterminism, OutputVerdict } from "../verdict.ts";
import { withoutMagicTimes } from "./magic-times.ts";

export interface ComparedText {
  readonly outputs: readonly OutputVerdict[];
  readonly nondeterministic: readonly Nondeterminism[];
}

interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/**
 * Compares what a stage printed: the notebook's text, cell by cell, is looked for in the project's, in order. Numbers in
 * it may part by the tolerance, and what `%time` prints is no part of it. `again` is the notebook's second run.
 */
export function compareText(
  stage: string,
  first: readonly PrintedText[],
  again: readonly PrintedText[] | undefined,
  project: { readonly text: string; readonly lastCell: number },
  tolerance: Tolerance,
): ComparedText {
  const cells = byCell(stage, first);
  const second = again && byCell(stage, again);
  const outputs: OutputVerdict[] = [];
  const nondeterministic: Nondeterminism[] = [];
  let rest = project.text;
  for (const [cell, text] of cells) {
    if (second && second.get(cell) !== text) {
      nondeterministic.push({ name: "printed text", cell, why: firstDifference(text, second.get(cell) ?? "", runs) });
      // As many lines are passed over as the notebook printed.
      rest = afterLines(rest, lineCount(text));
      continue;
    }
    const own = { cell, stage, kind: "stream" as const };
    const other = takeLines(rest, lineCount(text));
    if (rest.startsWith(text)) {
      outputs.push({ ...own, verdict: "identical", detail: "" });
      rest = rest.slice(text.length);
    } else if (isClose(text, other, tolerance)) {
      outputs.push({ ...own, verdict: "equivalent", detail: firstDifference(text, other, sides) });
      rest = rest.slice(other.length);
    } else if (rest === "") {
      outputs.push({ ...own, verdict: "missing", detail: `the project does not print ${quote(text)}` });
    } else {
      outputs.push({ ...own, verdict: "different", detail: firstDifference(text, other, sides) });
      const later = laterText(cells, cell);
      const at = later === undefined ? -1 : rest.indexOf(later);
      rest = at >= 0 ? rest.slice(at) : later === undefined ? "" : rest.slice(other.length);
    }
  }
  const last = [...cells.keys()].at(-1) ?? project.lastCell;
  if (rest.trim() !== "") {
    outputs.push({
      cell: last,
      stage,
      kind: "stream",
      verdict: "new",
      detail: `the project prints ${quote(rest)} as well`,
    });
  }
  return { outputs, nondeterministic };
}

const sides = ["the notebook", "the project"] as const;
const runs = ["the first run", "the second"] as const;

function byCell(stage: string, printed: readonly PrintedText[]): Map<number, string> {
  const cells = new Map<number, string>();
  for (const part of printed) {
    if (part.stage === stage) cells.set(part.cell, (cells.get(part.cell) ?? "") + part.text);
  }
  return new Map(
    [...cells].map(([cell, text]) => [cell, withoutMagicTimes(text)] as const).filter(([, text]) => text !== ""),
  );
}

function laterText(cells: ReadonlyMap<number, string>, cell: number): string | undefined {
  const keys = [...cells.keys()];
  const next = keys[keys.indexOf(cell) + 1];
  return next === undefined ? undefined : cells.get(next);
}

function lineCount(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

function takeLines(text: string, count: number): string {
  let at = 0;
  for (let line = 0; line < count; line += 1) {
    const end = text.indexOf("\n", at);
    if (end === -1) return text;
    at = end + 1;
  }
  return text.slice(0, at);
}

function afterLines(text: string, count: number): string {
  return text.slice(takeLines(text, count).length);
}

const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g;

/** The same text but for numbers that are within the tolerance of one another. */
function isClose(left: string, right: string, { rtol, atol }: Tolerance): boolean {
  if (left.replace(number, "#") !== right.replace(number, "#")) return false;
  const others = [...right.matchAll(number)].map(([text]) => Number(text));
  return [...left.matchAll(number)].every(([text], at) => {
    const [one, other] = [Number(text), others[at] as number];
    return Math.abs(one - other) <= atol + rtol * Math.abs(one);
  });
}

function firstDifference(left: string, right: string, names: readonly [string, string]): string {
  const [ones, others] = [left.split("\n"), right.split("\n")];
  const at = ones.findIndex((line, index) => line !== others[index]);
  const line = at === -1 ? ones.length : at;
  return `line ${line + 1}: ${names[0]} has ${quote(ones[line] ?? "")}, ${names[1]} ${quote(others[line] ?? "")}`;
}

function quote(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 79)}…` : line);
}
