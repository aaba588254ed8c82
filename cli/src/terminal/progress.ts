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
      const width = Math.max(20, (process.stderr.columns ?? 80) - 4);
      spinner.text = describe(event).slice(0, width);
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

function describe(event: ProgressEvent): string {
  const count = event.total === undefined ? "" : ` ${event.done ?? 0}/${event.total}`;
  return `${event.task}${count}${event.detail ? color.dim(` ${event.detail.split("\n", 1)[0]}`) : ""}`;
}
