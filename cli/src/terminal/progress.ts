import type { ProgressEvent, ProgressListener } from "@reprise/core";
import createSpinner from "yocto-spinner";
import { color } from "./color.ts";

export interface ProgressView {
  readonly show: ProgressListener;
  /** A line that stays. */
  note(line: string): void;
  /** Text as somebody else wrote it, lines or parts of them: it stays, and what is shown next begins a line of its own. */
  write(text: string): void;
  end(): void;
}

/** A line that moves on a terminal; a plain line for each new task elsewhere. On stderr, so that stdout stays clean. */
export function progressOnStderr(): ProgressView {
  return process.stderr.isTTY && process.env.CI === undefined ? movingLine() : plainLines();
}

function movingLine(): ProgressView {
  const spinner = createSpinner({ stream: process.stderr });
  const written = new WrittenText();
  let isWanted = false;
  const rest = () => void (spinner.isSpinning && spinner.stop());
  // A line that is not finished is left alone: a progress bar in it goes on there.
  const goOn = () => void (isWanted && written.isWhole && !spinner.isSpinning && spinner.start());
  return {
    show(event) {
      // A terminal that does not know its width says 0.
      spinner.text = describe(event, Math.max(20, (process.stderr.columns || 80) - 4));
      isWanted = true;
      written.finishLine();
      goOn();
    },
    note(line) {
      rest();
      written.finishLine();
      written.add(`${line}\n`);
      goOn();
    },
    write(text) {
      rest();
      written.add(text);
      goOn();
    },
    end() {
      isWanted = false;
      rest();
      written.finishLine();
    },
  };
}

function plainLines(): ProgressView {
  const written = new WrittenText();
  /** Since the last note: tasks that go on at the same time take turns, and are told once. */
  const told = new Set<string>();
  let current = "";
  const line = (text: string): void => {
    written.finishLine();
    written.add(`${text}\n`);
  };
  return {
    show({ task }) {
      // What goes on after a note need not be told again.
      if (told.has(task) || task === current) return;
      current = task;
      told.add(task);
      line(task);
    },
    note(text) {
      told.clear();
      line(text);
    },
    write: (text) => written.add(text),
    end: () => written.finishLine(),
  };
}

/** What was written to stderr, and whether its last line is finished. */
class WrittenText {
  isWhole = true;

  add(text: string): void {
    if (text === "") return;
    process.stderr.write(text);
    this.isWhole = text.endsWith("\n");
  }

  finishLine(): void {
    if (!this.isWhole) this.add("\n");
  }
}

/** In a line of a width: what is cut off is cut before it is coloured. */
function describe(event: ProgressEvent, width: number): string {
  const count = event.total === undefined ? "" : ` ${event.done ?? 0}/${event.total}`;
  const task = `${event.task}${count}`.slice(0, width);
  const detail = event.detail ? ` ${event.detail.split("\n", 1)[0]}`.slice(0, width - task.length) : "";
  return `${task}${color.dim(detail)}`;
}
