import type { Command } from "../../ipython/translation.ts";
import type { PrintedText } from "../sides/notebook-capture.ts";
import type { CommandsText } from "../sides/stage-capture.ts";
import type { Nondeterminism, OutputVerdict } from "../verdict.ts";
import { CommandsLines } from "./commands-lines.ts";
import { withoutIPythonLines } from "./ipython-lines.ts";
import { isToldByMagic, withoutMagicLines } from "./magic-lines.ts";
import { isSameButForTimes } from "./printed-times.ts";

export interface ComparedText {
  readonly outputs: readonly OutputVerdict[];
  readonly nondeterministic: readonly Nondeterminism[];
}

interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** What a stage of the project printed. */
export interface ProjectText {
  readonly text: string;
  /** What the programs that it started printed. */
  readonly commands: CommandsText;
  readonly lastCell: number;
}

export interface NotebookText {
  readonly first: readonly PrintedText[];
  /** Of its second run. */
  readonly again: readonly PrintedText[] | undefined;
  /** The magics and shell lines of a cell. */
  commandsOf(cell: number): readonly Command[];
}

/**
 * Compares what a stage printed: the notebook's text, cell by cell, is looked for in the project's, in order. Numbers in
 * it may part by the tolerance, what IPython prints of itself is no part of it, and what commands print may stand anywhere.
 */
export function compareText(
  stage: string,
  { first, again, commandsOf }: NotebookText,
  project: ProjectText,
  tolerance: Tolerance,
): ComparedText {
  const commands = new CommandsLines(project.commands);
  const cells = byCell(stage, first);
  const second = again && byCell(stage, again);
  const outputs: OutputVerdict[] = [];
  const nondeterministic: Nondeterminism[] = [];
  let rest = project.text;
  for (const [cell, text] of cells) {
    const untold = (printed = "") => withoutMagicLines(printed, commandsOf(cell));
    if (second && untold(second.get(cell)) !== untold(text)) {
      nondeterministic.push({ name: "printed text", cell, why: firstDifference(text, second.get(cell) ?? "", runs) });
      // As many lines are passed over as the notebook printed.
      rest = afterLines(rest, lineCount(text));
      continue;
    }
    const own = { cell, stage, kind: "stream" as const };
    const found = findText(text, rest, { commands, own: commandsOf(cell), tolerance });
    if (found !== undefined) {
      outputs.push({ ...own, verdict: found.verdict, detail: found.detail });
      rest = found.rest;
    } else if (isSameButForTimes(text, takeLines(rest, lineCount(text)))) {
      const other = takeLines(rest, lineCount(text));
      nondeterministic.push({ name: "printed text", cell, why: `a time: ${firstDifference(text, other, sides)}` });
      rest = rest.slice(other.length);
    } else if (rest === "") {
      outputs.push({ ...own, verdict: "missing", detail: `the project does not print ${quote(text)}` });
    } else {
      const other = takeLines(rest, lineCount(text));
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

interface FoundText {
  readonly verdict: "identical" | "equivalent";
  readonly detail: string;
  /** What the project printed behind it. */
  readonly rest: string;
}

interface Surroundings {
  readonly commands: CommandsLines;
  /** Commands of the cell. */
  readonly own: readonly Command[];
  readonly tolerance: Tolerance;
}

/** A cell's text at the beginning of what the project printed; nothing where it is not there. */
function findText(text: string, rest: string, around: Surroundings): FoundText | undefined {
  if (rest.startsWith(text)) return { verdict: "identical", detail: "", rest: rest.slice(text.length) };
  const other = takeLines(rest, lineCount(text));
  if (isClose(text, other, around.tolerance)) {
    return { verdict: "equivalent", detail: firstDifference(text, other, sides), rest: rest.slice(other.length) };
  }
  return findAmongCommands(text, rest, around);
}

/**
 * A cell's text where some of its lines are not the project's own: commands printed them, or IPython said what a magic
 * had done.
 */
function findAmongCommands(text: string, rest: string, { commands, own, tolerance }: Surroundings) {
  let left = rest;
  const others: string[] = [];
  const close: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    const next = takeLines(left, 1);
    if (next !== "" && (line === next || isClose(line, next, tolerance))) {
      left = left.slice(next.length);
      if (line !== next) close.push(firstDifference(line, next, sides));
    } else if (!isToldByMagic(line, own)) {
      others.push(line);
    }
  }
  const taken = commands.take(others);
  if (taken === undefined) return undefined;
  const words = taken === "identical" ? [] : ["what commands printed stands in other lines"];
  const detail = [...close, ...words][0];
  return { verdict: detail === undefined ? "identical" : "equivalent", detail: detail ?? "", rest: left } as const;
}

const sides = ["the notebook", "the project"] as const;
const runs = ["the first run", "the second"] as const;

function byCell(stage: string, printed: readonly PrintedText[]): Map<number, string> {
  const cells = new Map<number, string>();
  for (const part of printed) {
    if (part.stage === stage) cells.set(part.cell, (cells.get(part.cell) ?? "") + part.text);
  }
  return new Map(
    [...cells].map(([cell, text]) => [cell, withoutIPythonLines(text)] as const).filter(([, text]) => text !== ""),
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
