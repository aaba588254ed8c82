import { dirname } from "node:path";
import { OutputSpool } from "../cells/output-spool.ts";
import { NotebookState } from "../notebook-state.ts";
import type { MetricPoint } from "../record/record.ts";
import { readJournal } from "./journal.ts";
import type { RecoveredCell, RecoveredRun } from "./recovered-run.ts";

/** Reads a run's journal; `undefined` where there is none. */
export async function recoverRun(path: string): Promise<RecoveredRun | undefined> {
  const journal = await readJournal(path);
  if (journal === undefined) return undefined;
  const { content, indices } = journal.head;
  const state = new NotebookState(content, { store: new OutputSpool(dirname(path)) });
  const places = new Map(content.cells.map((cell, at) => [cell.id, { cell: indices[at], content: cell }]));
  const cells = new Map<number, RecoveredCell>();
  const metrics: MetricPoint[] = [];
  for await (const entry of journal.entries) {
    state.apply(entry);
    if (entry.at === "metrics") metrics.push(...entry.points);
    const place = entry.at === "cell-end" ? places.get(entry.cell) : undefined;
    if (entry.at !== "cell-end" || typeof place?.cell !== "number") continue;
    const { seconds, status } = entry;
    cells.set(place.cell, { cell: place.cell, status, seconds, content: place.content });
  }
  state.writeOutputs();
  return { content, cells, metrics };
}
