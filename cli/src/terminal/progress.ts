import type { ProgressEvent, ProgressListener } from "@reprise/core";
import createSpinner from "yocto-spinner";
import { color } from "./color.ts";

export interface ProgressView {
  readonly show: ProgressListener;
  /** A line that stays. */
  note(line: string): void;
  end(): void;
}

/** A line that moves on a terminal; a plain line for each new task elsewhere. On stderr, so that stdout stays clean. */
export function progressOnStderr(): ProgressView {
  return process.stderr.isTTY && process.env.CI === undefined ? movingLine() : plainLines();
}

function movingLine(): ProgressView {
  const spinner = createSpinner({ stream: process.stderr });
  return {
    show(event) {
      // A terminal that does not know its width says 0.
      spinner.text = describe(event, Math.max(20, (process.stderr.columns || 80) - 4));
      if (!spinner.isSpinning) spinner.start();
    },
    note(line) {
      const spinning = spinner.isSpinning;
      if (spinning) spinner.stop();
      process.stderr.write(`${line}\n`);
      if (spinning) spinner.start();
    },
    end: () => void (spinner.isSpinning && spinner.stop()),
  };
}

function plainLines(): ProgressView {
  let task = "";
  return {
    show(event) {
      if (event.task === task) return;
      task = event.task;
      process.stderr.write(`${task}\n`);
    },
    note: (line) => void process.stderr.write(`${line}\n`),
    end() {},
  };
}

/** In a line of a width: what is cut off is cut before it is coloured. */
function describe(event: ProgressEvent, width: number): string {
  const count = event.total === undefined ? "" : ` ${event.done ?? 0}/${event.total}`;
  const task = `${event.task}${count}`.slice(0, width);
  const detail = event.detail ? ` ${event.detail.split("\n", 1)[0]}`.slice(0, width - task.length) : "";
  return `${task}${color.dim(detail)}`;
}
