import type * as nbformat from "@jupyterlab/nbformat";
import { freshId } from "../notebook/cell-id.ts";
import { injectedTag, notRunTag, parametersTag } from "../notebook/cell-tags.ts";
import type { Notebook } from "../notebook/model.ts";
import { parseNotebookJson } from "../notebook/parse.ts";
import { type Notebook3, upgradeFrom3 } from "../notebook/upgrade.ts";
import type { SecretMask } from "../secret/secret-mask.ts";
import type { RecoveredCell } from "./journal/recovered-run.ts";
import { type ParameterSyntax, pythonSyntax } from "./parameters/parameter-syntax.ts";
import { type ParameterValue, plainValue } from "./parameters/parameter-value.ts";

/** The notebook that a run writes: papermill's metadata, tags and banners, so that its readers find what they know. */
export interface ExecutedNotebook {
  readonly content: nbformat.INotebookContent;
  /** In the order of the file; the injected cell, where it is new, has no `index`. */
  readonly cells: readonly ExecutedCell[];
}

export interface ExecutedCell {
  /** Into the input's cells; absent for a cell that this run added. */
  readonly index?: number;
  readonly raw: RawCell;
  readonly source: string;
  readonly tags: readonly string[];
}

/** A cell of the file, which the run fills in. */
export interface RawCell {
  readonly cell_type: string;
  id: string;
  source: nbformat.MultilineString;
  metadata: Record<string, unknown>;
  outputs?: nbformat.IOutput[];
  execution_count?: number | null;
}

const errorTag = "papermill-error-cell-tag";

/**
 * A copy of a notebook, upgraded to nbformat 4.5, ready to be run: old outputs, counts, timings and error banners are
 * gone, parameters are injected. The notebook itself is not changed.
 */
export function prepareNotebook(
  notebook: Notebook,
  parameters: ReadonlyMap<string, ParameterValue>,
  options: { readonly outputPath?: string; readonly reportMode?: boolean; readonly syntax?: ParameterSyntax } = {},
): ExecutedNotebook {
  const parsed = parseNotebookJson(notebook.text, notebook.path);
  const content = (
    notebook.format.major === 3 ? upgradeFrom3(parsed as Notebook3) : parsed
  ) as nbformat.INotebookContent;
  let cells: ExecutedCell[] = content.cells.map((cell, index) => ({
    index,
    raw: cell as unknown as RawCell,
    source: notebook.cells[index]?.source ?? "",
    tags: notebook.cells[index]?.tags ?? [],
  }));
  cells = cells.filter(({ tags }) => !tags.includes(errorTag));
  if (parameters.size > 0) cells = withParameters(cells, parameters, options.syntax ?? pythonSyntax);
  giveIds(cells, notebook);
  for (const cell of cells) clean(cell, options.reportMode ?? false);
  content.nbformat = 4;
  content.nbformat_minor = 5;
  content.metadata = { ...content.metadata };
  // The widgets of an earlier run went with its outputs.
  delete content.metadata.widgets;
  content.metadata.papermill = {
    ...(content.metadata.papermill as object | undefined),
    default_parameters: {},
    environment_variables: {},
    parameters: Object.fromEntries([...parameters].map(([name, value]) => [name, plainValue(value)])),
    version: "reprise",
    input_path: notebook.path,
    output_path: options.outputPath ?? null,
    start_time: null,
    end_time: null,
    duration: null,
    exception: null,
  } as nbformat.INotebookMetadata[string];
  content.cells = cells.map(({ raw }) => raw as unknown as nbformat.ICell);
  return { content, cells };
}

/** Hides secrets in what is written of the cells and parameters; what is executed is not touched. */
export function hideSources({ content }: ExecutedNotebook, mask: SecretMask): void {
  if (!mask.isActive) return;
  for (const cell of content.cells) cell.source = mask.value(cell.source);
  content.metadata = mask.value(content.metadata);
}

/** Puts what an earlier run left in some cells into theirs. */
export function takeOver({ cells }: ExecutedNotebook, kept: ReadonlyMap<number, RecoveredCell>): void {
  for (const { index, raw } of cells) {
    const earlier = index === undefined ? undefined : (kept.get(index)?.content as unknown as RawCell | undefined);
    if (earlier === undefined) continue;
    const { execution, papermill } = earlier.metadata;
    Object.assign(raw, { outputs: earlier.outputs, execution_count: earlier.execution_count });
    Object.assign(raw.metadata, { execution, papermill });
  }
}

/** As papermill leaves a notebook that is only prepared: nothing is known of its cells' runs. */
export function withoutRuns({ cells, content }: ExecutedNotebook): void {
  const { duration, end_time, exception, start_time, ...known } = content.metadata.papermill as nbformat.IMimeBundle;
  content.metadata.papermill = known;
  for (const { index, raw } of cells) {
    if (index === undefined) delete raw.metadata.papermill;
    else raw.metadata.papermill = {};
  }
}

/** Cells that are executed: code, not empty, not tagged to be skipped. */
export function isExecuted(cell: ExecutedCell): boolean {
  return cell.raw.cell_type === "code" && cell.source.trim() !== "" && !cell.tags.includes(notRunTag);
}

/** Two Markdown cells that lead a reader to the cell that failed, as papermill's do. */
export function withErrorBanner(notebook: ExecutedNotebook, failed: ExecutedCell): nbformat.INotebookContent {
  const style = 'style="color:red; font-family:Helvetica Neue, Helvetica, Arial, sans-serif; font-size:2em;"';
  const count = failed.raw.execution_count ?? "None";
  const banner = `<span ${style}>An Exception was encountered at '<a href="#papermill-error-cell">In [${count}]</a>'.</span>`;
  const anchor = `<span id="papermill-error-cell" ${style}>Execution using papermill encountered an exception here and stopped:</span>`;
  const taken = new Set(notebook.cells.flatMap(({ raw }) => raw.id ?? []));
  const markdown = (source: string): nbformat.ICell => ({
    cell_type: "markdown",
    id: freshId(source, taken),
    metadata: { tags: [errorTag] },
    source,
  });
  const cells = notebook.content.cells.flatMap((cell) =>
    cell === (failed.raw as unknown) ? [markdown(anchor), cell] : [cell],
  );
  return { ...notebook.content, cells: [markdown(banner), ...cells] };
}

/** The injected cell takes the place of an earlier run's, else it follows the parameters cell, else it comes first. */
function withParameters(
  cells: readonly ExecutedCell[],
  parameters: ReadonlyMap<string, ParameterValue>,
  syntax: ParameterSyntax,
): ExecutedCell[] {
  const isNew = !cells.some(({ tags }) => tags.includes(parametersTag));
  const lines = [...parameters].map(([name, value]) => `${syntax.assign(name, value, isNew)}\n`);
  const source = `${syntax.comment("Parameters")}\n${lines.join("")}`;
  const before = cells.findIndex(({ tags }) => tags.includes(injectedTag));
  const old = cells[before];
  const raw: RawCell = {
    cell_type: "code",
    id: "",
    metadata: { tags: [injectedTag] },
    source,
    outputs: [],
    execution_count: null,
  };
  const injected: ExecutedCell = {
    ...(old?.index !== undefined && { index: old.index }),
    raw,
    source,
    tags: [injectedTag],
  };
  const at = old ? before : cells.findIndex(({ tags }) => tags.includes(parametersTag)) + 1;
  return cells.toSpliced(at, old ? 1 : 0, injected);
}

function clean(cell: ExecutedCell, reportMode: boolean): void {
  const { raw } = cell;
  raw.metadata = { ...raw.metadata };
  delete raw.metadata.execution;
  raw.metadata.papermill = { exception: null, start_time: null, end_time: null, duration: null, status: "pending" };
  if (raw.cell_type !== "code") return;
  if (reportMode) raw.metadata.jupyter = { ...(raw.metadata.jupyter as object | undefined), source_hidden: true };
  raw.execution_count ??= null;
  raw.outputs ??= [];
  if (cell.tags.includes(notRunTag)) return;
  raw.execution_count = null;
  raw.outputs = [];
}

/** nbformat 4.5 wants an id in every cell, each once: those that are missing come from the text, so that runs agree. */
function giveIds(cells: readonly ExecutedCell[], notebook: Notebook): void {
  const taken = new Set(notebook.cells.flatMap(({ id }) => id ?? []));
  for (const { raw, index, source } of cells) {
    const own = index === undefined ? undefined : notebook.cells[index]?.id;
    raw.id = own ?? freshId(`${index} ${source}`, taken);
  }
}
