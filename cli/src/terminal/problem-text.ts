import type { Problem, ProblemPlace } from "@reprise/core";
import { color } from "./color.ts";

/** A problem for people: what, where, why, and what to do about it. */
export function problemText(problem: Problem): string {
  const lines = [`${color.red(`error ${problem.id}`)}: ${problem.message}`];
  if (problem.place && !isTold(problem.place, problem.message)) lines.push(`  at ${placeText(problem.place)}`);
  if (problem.cause) lines.push(...problem.cause.split("\n").map((line) => color.dim(`  | ${line}`)));
  lines.push(`  ${color.green("mend")}: ${problem.mend}`);
  return lines.join("\n");
}

/** A message that begins with the file says where, unless a line is known too. */
function isTold({ file, cell, line }: ProblemPlace, message: string): boolean {
  return cell === undefined && line === undefined && message.startsWith(`${file}: `);
}

/** `a.ipynb, cell 3, line 2, column 5`. */
export function placeText(place: ProblemPlace): string {
  const parts = [place.file];
  if (place.cell !== undefined) parts.push(`cell ${place.cell}`);
  if (place.line !== undefined) parts.push(`line ${place.line}`);
  if (place.column !== undefined) parts.push(`column ${place.column}`);
  return parts.join(", ");
}
