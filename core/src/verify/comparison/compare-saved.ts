import type * as nbformat from "@jupyterlab/nbformat";
import { joinLines } from "../../notebook/lines.ts";
import type { Notebook } from "../../notebook/model.ts";
import { cellList } from "../../text/cell-list.ts";
import type { OutputVerdict } from "../verdict.ts";
import { withoutIPythonLines } from "./ipython-lines.ts";

/**
 * For a notebook that does not run to its end: what its cells put out until then against the outputs that its file holds.
 * Text is compared as it stands, without what `%time` prints; pictures and other displays by their text form, where both
 * have one. What went to stderr is left out.
 */
export function compareWithSaved(
  notebook: Notebook,
  outputs: ReadonlyMap<number, readonly nbformat.IOutput[]>,
  stageOf: (cell: number) => string,
): readonly OutputVerdict[] {
  const verdicts: OutputVerdict[] = [];
  for (const [index, all] of outputs) {
    const now = all.filter(isCompared);
    const cell = notebook.cells.find((each) => each.index === index);
    if (cell?.kind !== "code") continue;
    const saved = cell.outputs.filter(isCompared);
    for (let at = 0; at < Math.max(now.length, saved.length); at += 1) {
      const [before, after] = [saved[at], now[at]];
      const own = { cell: index, stage: stageOf(index), kind: kindOf(before ?? after) };
      if (before === undefined) verdicts.push({ ...own, verdict: "new", detail: "the saved file has no such output" });
      else if (after === undefined)
        verdicts.push({ ...own, verdict: "missing", detail: "the saved output did not come again" });
      else verdicts.push({ ...own, ...compareOutput(before, after) });
    }
  }
  return verdicts;
}

/** What a file holds, for a notebook of which nothing can be run: each output, and that it could not be compared. */
export function savedOutputs(notebook: Notebook, stageOf: (cell: number) => string): readonly OutputVerdict[] {
  const detail = "nothing was run: whether it comes again is not known";
  return notebook.cells.flatMap((cell) =>
    cell.kind !== "code"
      ? []
      : cell.outputs.filter(isCompared).map((output) => ({
          cell: cell.index,
          stage: stageOf(cell.index),
          kind: kindOf(output),
          verdict: "opaque" as const,
          detail,
        })),
  );
}

/** Warnings say where the libraries lie, and progress bars how fast the machine is: neither is a result. */
function isCompared({ output_type: type, name }: nbformat.IOutput): boolean {
  return type !== "stream" || name !== "stderr";
}

function compareOutput(before: nbformat.IOutput, after: nbformat.IOutput): Pick<OutputVerdict, "verdict" | "detail"> {
  const pictures = [pictureOf(before), pictureOf(after)];
  if (pictures[0] !== undefined && pictures[0] === pictures[1]) return { verdict: "identical", detail: "" };
  const [saved, now] = [textOf(before), textOf(after)];
  if (before.output_type !== after.output_type) {
    return { verdict: "different", detail: `${before.output_type} in the saved file, ${after.output_type} now` };
  }
  if (saved === undefined || now === undefined)
    return { verdict: "opaque", detail: "a picture in other bytes: whether it shows the same is not known" };
  if (saved === now) return { verdict: "identical", detail: "" };
  const lines = saved.split("\n");
  const others = now.split("\n");
  const at = Math.max(
    0,
    lines.findIndex((line, index) => line !== others[index]),
  );
  return {
    verdict: "different",
    detail: `line ${at + 1}: ${lines[at] ?? ""} in the saved file, ${others[at] ?? ""} now`,
  };
}

function kindOf(output: nbformat.IOutput | undefined): OutputVerdict["kind"] {
  if (output?.output_type === "stream") return "stream";
  if (output?.output_type === "error") return "error";
  const data = output?.data as Record<string, unknown> | undefined;
  return data && Object.keys(data).some((mime) => mime.startsWith("image/")) ? "figure" : "display";
}

function textOf(output: nbformat.IOutput): string | undefined {
  if (output.output_type === "error") return `${output.ename}: ${output.evalue}`;
  if (output.output_type === "stream") {
    const text = joinLines(output.text);
    return text && withoutIPythonLines(text).replace(/ at 0x[0-9a-f]+/g, " at 0x");
  }
  const data = output.data as Record<string, unknown> | undefined;
  // A picture's text form is only its size; an address in a text form is another in every process.
  if (data === undefined || Object.keys(data).some((mime) => mime.startsWith("image/"))) return undefined;
  return joinLines(data["text/plain"])?.replace(/ at 0x[0-9a-f]+/g, " at 0x");
}

function pictureOf({ data }: nbformat.IOutput): string | undefined {
  const png = (data as Record<string, unknown> | undefined)?.["image/png"];
  return joinLines(png)?.replace(/\s/g, "");
}

/** What a comparison with saved outputs covers, and what it does not: one sentence. `order` are the cells that should run. */
export function savedSummary(notebook: Notebook, order: readonly number[], verdicts: readonly OutputVerdict[]): string {
  const count = (verdict: OutputVerdict["verdict"]) => verdicts.filter((one) => one.verdict === verdict).length;
  const words = [
    [count("identical"), "as saved"],
    [count("different"), "different"],
    [count("missing"), "missing"],
    [count("new"), "not in the file"],
    [count("opaque"), "that cannot be compared"],
  ] as const;
  const told = words.flatMap(([number, what]) => (number > 0 ? [`${number} ${what}`] : []));
  const reached = new Set(verdicts.map(({ cell }) => cell));
  const left = notebook.cells.filter(
    (cell) =>
      cell.kind === "code" && order.includes(cell.index) && cell.outputs.some(isCompared) && !reached.has(cell.index),
  );
  const compared = told.length === 0 ? "No saved output could be compared" : `Of its outputs ${told.join(", ")}`;
  const unreached = left.length === 0 ? "" : `; those of ${cellList(left.map(({ index }) => index))} were not reached`;
  return `${compared}${unreached}. The project was not run.`;
}
