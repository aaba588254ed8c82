import type { CellDiff } from "@reprise/core";
import { color } from "./color.ts";

/** What changes in a notebook, as unified diffs of its cells. */
export function diffText(path: string, diffs: readonly CellDiff[]): string {
  if (diffs.length === 0) return `${path}: no cell changes`;
  return diffs.map((diff) => [color.bold(headOf(path, diff)), ...diff.lines.map(painted)].join("\n")).join("\n");
}

function headOf(path: string, { kind, before, after }: CellDiff): string {
  if (kind === "added") return `${path}: new cell ${after}`;
  if (kind === "removed") return `${path}: cell ${before} taken out`;
  const place = before === after ? `cell ${before}` : `cell ${before}, now cell ${after}`;
  return `${path}: ${place}${kind === "moved" ? ", as it was" : ""}`;
}

/** A unified diff, in colours on a terminal. */
export function paintedDiff(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (/^(?:---|\+\+\+) /.test(line) ? color.bold(line) : painted(line)));
}

function painted(line: string): string {
  if (line.startsWith("@@")) return color.cyan(line);
  if (line.startsWith("+")) return color.green(line);
  return line.startsWith("-") ? color.red(line) : line;
}
