import { type Analysis, type CacheVerdict, notRunTag, ProblemError, planCache } from "@reprise/core";
import {
  type CellCacheRequest,
  CellStore,
  cellsNeeded,
  localModules,
  type ParameterValue,
  plainValue,
  type RunRecord,
} from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import type { RunOptions } from "./run-options.ts";

/** What `--cache` asks of a run. Throws ProblemError RP141 where it has no meaning. */
export function cacheRequest(
  analysis: Analysis,
  parameters: ReadonlyMap<string, ParameterValue>,
  directory: string,
  options: RunOptions,
): { readonly cache?: CellCacheRequest } {
  if (options.cache !== true) return {};
  const other = ["resume", "from", "to", "only", "allowErrors"].find(
    (name) => options[name as keyof RunOptions] !== undefined,
  );
  if (other !== undefined) {
    throw new ProblemError({
      id: "RP141",
      message: `--cache cannot be given with --${other.replace("E", "-e")}`,
      mend: "Leave one of them out.",
    });
  }
  const { document, notebook } = analysis;
  const skipped = new Set(notebook.cells.flatMap(({ index, tags }) => (tags.includes(notRunTag) ? [index] : [])));
  const verdicts: ReadonlyMap<number, CacheVerdict> = planCache(document, {
    skipped,
    isSeeded: options.seed !== undefined,
    localModules: localModules(directory),
    cellsNeeded: (cells) => cellsNeeded(document, cells),
  });
  const readers = (name: string) =>
    document.statements.flatMap(({ accesses, cell }) =>
      accesses.some(({ kind, place }) => kind !== "bind" && place.name === name) ? [cell] : [],
    );
  return {
    cache: {
      verdicts,
      sources: new Map(document.cells.map(({ cell }) => [cell.index, cell.source])),
      order: document.order,
      parameters: new Map(
        [...parameters].map(([name, value]) => [name, { value: plainValue(value), readBy: new Set(readers(name)) }]),
      ),
      directory,
      store: options.engine === "docker" ? CellStore.ofContainers() : new CellStore(),
    },
  };
}

/** Says which cells were taken from earlier runs, and why others were not. */
export function tellCache({ cells }: RunRecord, call: Call): void {
  const told = cells.filter(({ cache }) => cache !== undefined);
  const taken = told.filter(({ cache }) => cache === "taken").map(({ cell }) => cell);
  if (told.length === 0) return;
  call.note(taken.length === 0 ? "No cell is taken from the cache." : `From the cache: cells ${taken.join(", ")}.`);
  for (const { cache, cell } of told) if (cache !== "taken") call.note(`  cell ${cell} ran: ${cache}`);
}
