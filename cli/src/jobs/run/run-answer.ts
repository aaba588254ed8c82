import { lastMetrics, type RunEvent, type RunRecord } from "@reprise/core/node";
import type { Answer, Call } from "../../execute.ts";
import { shownPath } from "../../input.ts";
import { recordText } from "../runs.ts";
import { timeLeft } from "./time-left.ts";

/**
 * Shows a run as it goes.
 *
 * @param earlier How long each cell took before, in seconds; from it comes how long the rest may take.
 */
export function listener(
  call: Call,
  showsOutput: boolean,
  showsProgress = true,
  earlier: ReadonlyMap<number, number> = new Map(),
): (event: RunEvent) => void {
  return (event) => {
    if (event.kind === "cell-started") {
      if (!showsProgress) return;
      const task = event.cell === undefined ? "Setting the parameters" : `Running cell ${event.cell}`;
      const left = event.cell === undefined ? undefined : timeLeft(earlier, event.cell);
      call.onProgress({ task, done: event.done, total: event.total, ...(left === undefined ? {} : { detail: left }) });
    } else if (event.kind === "output" && showsOutput) {
      call.write(event.text);
    } else if (event.kind === "metric") {
      call.note(`${event.metric.name} = ${event.metric.value}`);
    } else if (event.kind === "warning") {
      call.note(event.message);
    }
  };
}

const exits: Readonly<Record<RunRecord["status"], number>> = {
  succeeded: 0,
  running: 4,
  failed: 1,
  interrupted: 130,
  died: 138,
};

/** A run as `run` answers it. */
export function runAnswer(record: RunRecord, folder: string | undefined, output?: string): Answer {
  const { environment, engine } = record;
  return {
    exit: record.failure?.name === "OutOfMemory" ? 137 : exits[record.status],
    json: {
      outcome: record.status,
      ...{
        run: record.id,
        ...(output === undefined ? {} : { output: shownPath(output) }),
        seconds: record.seconds,
        cells: record.cells,
        parameters: record.parameters,
        metrics: lastMetrics(record.metrics),
        environment: { python: environment.python, lock: environment.lockHash, image: engine.image?.digest },
        ...(folder === undefined ? {} : { record: shownPath(`${folder}/record.json`) }),
        tracking: record.tracking,
        ...(record.failure === undefined ? {} : { failure: record.failure }),
      },
    },
    text: () =>
      [
        recordText(record, folder === undefined ? "" : shownPath(folder)),
        ...(output === undefined ? [] : [`Wrote ${shownPath(output)}`]),
      ].join("\n"),
  };
}
