import type * as nbformat from "@jupyterlab/nbformat";
import type { Templates } from "../project/project.ts";
import type { RunRecord } from "../run/record/record.ts";

/** See `renderRun`; what it takes is loaded when a page is asked for. */
export async function renderRunPage(
  record: RunRecord,
  notebook: nbformat.INotebookContent,
  templates: Templates,
): Promise<string> {
  const { renderRun } = await import("./render-run.ts");
  return renderRun(record, notebook, templates);
}
