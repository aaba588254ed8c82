import type { RunAnswer } from "../cli/answer.ts";

/** What became of a run, in a line. */
export function runMessage(answer: RunAnswer): string {
  const { failure, metrics = {}, outcome, seconds } = answer;
  const took = seconds === undefined ? "" : ` in ${seconds.toFixed(1)} s`;
  const measured = Object.entries(metrics).map(([name, value]) => `${name} ${shortNumber(value)}`);
  return [
    `Run ${shortId(answer)} ${outcome}${took}.`,
    ...(failure === undefined ? [] : [failureText(failure)]),
    ...(measured.length === 0 ? [] : [`${measured.join(", ")}.`]),
  ].join(" ");
}

/** As the command line shows ids, and takes them. */
export function shortId({ run = "" }: RunAnswer): string {
  return run.slice(0, 8);
}

/** How much of a run is done when the command line says that a cell begins: `Running cell 3`, counted from 0. */
export function shareDone(line: string, cells: number): number | undefined {
  const [, cell] = /^Running cell (\d+)$/.exec(line) ?? [];
  return cell === undefined ? undefined : Math.min(1, Number(cell) / cells);
}

function failureText({ cell, message, name }: NonNullable<RunAnswer["failure"]>): string {
  const place = cell === undefined ? "" : `Cell ${cell}: `;
  return `${place}${name}: ${message.split("\n", 1)[0]?.replace(/\.$/, "")}.`;
}

/** JSON has no NaN: a loss that is none comes as null. */
function shortNumber(value: number | null): string {
  return value === null ? "is no number" : String(Number(value.toPrecision(4)));
}
