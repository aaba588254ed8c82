import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type * as nbformat from "@jupyterlab/nbformat";
import { planCache } from "../../../core/src/cell-cache/plan-cache.ts";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { localModules } from "../../../core/src/environment/needs/pins.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { cellsNeeded } from "../../../core/src/run/cells/cell-selection.ts";
import type { CellStore } from "../../../core/src/run/cells/cell-store.ts";
import type { RunRecord } from "../../../core/src/run/record/record.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { notebookText } from "../../support/notebooks.ts";

const parser = createPythonParser(loadGrammar());

/** What is to be the same with a cache and without. */
export interface Outcome {
  readonly status: RunRecord["status"];
  readonly failure: string | undefined;
  /** What each cell shows, the count included, and last what every name holds and what is one object. */
  readonly shown: readonly unknown[];
  /** Indices of the cells that were taken from the cache. */
  readonly taken: readonly number[];
  /** Why the others were not. */
  readonly why: ReadonlyMap<number, string>;
}

/** Tells of every name of the notebook. It is never cached, as it reads all there is. */
const inspection = `
_skip = {"In", "Out", "exit", "quit", "get_ipython", "open"}
_values = {k: v for k, v in sorted(globals().items()) if not k.startswith("_") and k not in _skip}
for _name, _value in _values.items():
    _kind = type(_value).__name__
    if _kind in ("module", "function", "type", "method"):
        print(_name, _kind, getattr(_value, "__name__", ""))
    elif hasattr(_value, "to_csv"):
        print(_name, _kind, _value.to_csv(), getattr(_value, "dtypes", ""))
    elif hasattr(_value, "__dict__") and type(_value).__module__ == "__main__":
        print(_name, _kind, sorted(_value.__dict__.items(), key=str))
    else:
        print(_name, _kind, repr(_value))
for _name, _value in _values.items():
    print(_name, "is", [k for k, v in _values.items() if v is _value and type(v) not in (int, str, float, bool, type(None))])
print(_values.get("rng") and _values["rng"].random())
`;

/** Runs cells in a folder with these files, with the store's cells or, without a store, all of them. */
export async function cachedRun(
  engine: Engine,
  {
    cells,
    directory,
    files = {},
    store,
    seed,
  }: {
    readonly cells: readonly string[];
    readonly directory: string;
    readonly files?: Readonly<Record<string, string>>;
    readonly store?: CellStore;
    readonly seed?: number;
  },
): Promise<Outcome> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const notebook = readNotebook(notebookText([...cells, inspection]), join(directory, "a.ipynb"));
  const { document } = analyseNotebook(notebook, await parser);
  const verdicts = planCache(document, {
    skipped: new Set(),
    isSeeded: seed !== undefined,
    localModules: localModules(directory),
    cellsNeeded: (wanted) => cellsNeeded(document, wanted),
  });
  const sources = new Map(document.cells.map(({ cell }) => [cell.index, cell.source]));
  const cache = { verdicts, sources, order: document.order, parameters: new Map(), directory };
  const { content, record } = await runNotebook({
    notebook,
    engine,
    directory,
    command: ["reprise", "run"],
    environment: { packages: [] },
    ...(seed !== undefined && { seed }),
    ...(store && { cache: { ...cache, store } }),
  });
  const code = content.cells.filter((cell): cell is nbformat.ICodeCell => cell.cell_type === "code");
  return {
    status: record.status,
    failure: record.failure && `${record.failure.name}: ${record.failure.message}`,
    shown: code.map(({ execution_count: count, outputs }) => [count, outputs.map(plain)]),
    taken: record.cells.filter((cell) => cell.cache === "taken").map(({ cell }) => cell),
    why: new Map(
      record.cells.flatMap(({ cache: why, cell }) => (why === undefined || why === "taken" ? [] : [[cell, why]])),
    ),
  };
}

/** Addresses in memory are of one process. */
function plain(output: nbformat.IOutput): unknown {
  return JSON.parse(JSON.stringify(output).replaceAll(/0x[0-9a-f]{6,}/g, "0x"));
}
