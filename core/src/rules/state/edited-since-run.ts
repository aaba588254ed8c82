import type { AnalysedCell, Dataflow } from "../../dataflow/model.ts";
import { cellOf } from "../../dataflow/statement-id.ts";
import type { CodeCell } from "../../notebook/model.ts";
import { fingerprintsOf, hasLine, type SavedSource, savedSources } from "../../orders/saved-sources.ts";
import type { Analysis } from "../analysis.ts";
import { inText } from "../clue.ts";
import { type Facts, firstLine, rule } from "../rule.ts";

export const editedSinceRun = rule("NB105", function* (analysis) {
  for (const cell of analysis.document.cells) {
    const facts = byCount(cell.cell) ?? bySource(analysis, cell);
    if (facts === undefined) continue;
    yield {
      cell: cell.cell.index,
      range: firstLine(cell.cell),
      subject: `In [${cell.cell.executionCount ?? " "}]`,
      predicts: `a fresh run of cell ${cell.cell.index} gives another output than the saved one`,
      ...facts,
    };
  }
});

type Found = Pick<Facts, "tier" | "severity" | "message" | "evidence">;

const mend = "Run the cell again and save, so that code and output belong together.";

/** The result and the cell carry the same count when they are of one run. */
function byCount({ index, executionCount, outputs }: CodeCell): Found | undefined {
  if (executionCount === null) return undefined;
  for (const output of outputs) {
    const { output_type: type, execution_count: count } = output as { output_type: string; execution_count?: unknown };
    if (type !== "execute_result" || typeof count !== "number" || count === executionCount) continue;
    return {
      tier: "proof",
      severity: "warning",
      message: `The saved result is that of In [${count}], and the cell ran last as In [${executionCount}]: what is shown is not what this code gave. ${mend}`,
      evidence: [{ cell: index, message: `the result's count is ${count}, the cell's ${executionCount}` }],
    };
  }
  return undefined;
}

/** Warnings and tracebacks name and quote the source that they came from. */
function bySource(analysis: Analysis, cell: AnalysedCell): Found | undefined {
  const { index, source } = cell.cell;
  const { python } = cell.translation;
  const saved = savedSources(cell.cell);
  if (saved.length === 0) return undefined;
  const own = fingerprintsOf(source);
  if (saved.some(({ fingerprint }) => fingerprint !== undefined && own.includes(fingerprint))) return undefined;
  for (const one of saved) {
    if (!one.isCell && (one.from === "traceback" || !isCodeOf(analysis, cell, one))) continue;
    const line = one.quoted[0];
    // A magic is quoted as what IPython made of it.
    if (line?.includes("get_ipython()")) continue;
    const isGone = line !== undefined && one.quoted.every((text) => !hasLine(source, text) && !hasLine(python, text));
    if (isGone) {
      return {
        tier: "proof",
        severity: "warning",
        message:
          `The saved ${one.from} quotes a line of this cell that is not in it any more (\`${shortened(line)}\`): ` +
          `the cell was edited after it ran, and its output is that of the older code. ${mend}`,
        evidence: [
          { cell: index, message: `the ${one.from} quotes line ${one.line}: ${shortened(line)}` },
          ...(one.fingerprint === undefined
            ? []
            : [{ cell: index, message: `its source had the fingerprint ${one.fingerprint}, today's has ${own[0]}` }]),
        ],
      };
    }
    if (one.fingerprint === undefined) continue;
    return {
      tier: "hint",
      severity: "info",
      message:
        `The saved ${one.from} comes from another text of this cell than today's: it was edited or formatted after it ran. ` +
        `If more than its form changed, the output is that of the older code. ${mend}`,
      evidence: [
        { cell: index, message: `the fingerprint in the output is ${one.fingerprint}, that of the source ${own[0]}` },
      ],
    };
  }
  return undefined;
}

/** Whether a warning can only be of the cell's own code: no function that another cell defines is in play. */
function isCodeOf({ document }: Analysis, analysed: AnalysedCell, { fingerprint, quoted }: SavedSource): boolean {
  const { cell, statements } = analysed;
  const elsewhere = new Set(
    document.definitions.filter(({ statement }) => cellOf(statement) !== cell.index).map(({ name }) => name),
  );
  const usesFunctions = statements.some(
    ({ undefinedReads, accesses, calls }) =>
      undefinedReads.length > 0 ||
      accesses.some(({ place, through }) => through !== undefined || elsewhere.has(place.name)) ||
      calls.some(({ callee }) => callee?.startsWith("notebook.")),
  );
  if (usesFunctions && !standsOnlyIn(document, analysed, quoted[0])) return false;
  return fingerprint === undefined || !fingerprintsToday(document).includes(fingerprint);
}

/** A quoted line that this cell has, and no other. */
function standsOnlyIn({ cells }: Dataflow, { cell }: AnalysedCell, line: string | undefined): boolean {
  if (line === undefined) return false;
  const [only, more] = cells.filter(({ cell: { source } }) => hasLine(source, line));
  return more === undefined && only?.cell === cell;
}

/** Of all cells, as they are. */
const fingerprintsToday = inText(({ translation }) => fingerprintsOf(translation.source));

function shortened(line: string): string {
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
