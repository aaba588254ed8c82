import type { Notebook } from "../../../core/src/notebook/model.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";

/**
 * A notebook from a text of cells, each below a line such as
 * `# %% In [3] tags=a,b error=NameError: name 'x' is not defined`; `In [ ]` for a cell that never ran. Lines that begin
 * with `#> ` at its end are its outputs: `#> stderr TEXT` and `#> traceback TEXT` (a line each), `#> result In [3] TEXT`;
 * `#> started TIME` is when JupyterLab says that it ran. `metadata` is the notebook's.
 */
export function notebookFromText(text: string, path: string, metadata: object = {}): Notebook {
  const cells = text
    .split(/^# %% /m)
    .slice(1)
    .map((cell) => {
      const [head = "", ...rest] = cell.trimEnd().split("\n");
      const lines = rest.filter((line) => !line.startsWith("#> "));
      const saved = (kind: string) =>
        rest.filter((line) => line.startsWith(`#> ${kind} `)).map((line) => line.slice(kind.length + 4));
      const found = /^In \[(\d+| )\](?: tags=(\S+))?(?: error=(\w+): (.*))?$/.exec(head);
      if (found === null) throw new Error(`${path}: not the head of a cell: ${head}`);
      const [, count, tags, ename, evalue] = found;
      return {
        cell_type: "code",
        metadata: {
          ...(tags === undefined ? {} : { tags: tags.split(",") }),
          ...Object.fromEntries(saved("started").map((time) => ["execution", { "iopub.execute_input": time }])),
        },
        execution_count: count === " " ? null : Number(count),
        source: lines.join("\n"),
        outputs: [
          ...(saved("stderr").length === 0
            ? []
            : [{ output_type: "stream", name: "stderr", text: saved("stderr").join("\n") }]),
          ...saved("result").map((text) => ({
            output_type: "execute_result",
            execution_count: Number(/\d+/.exec(text)?.[0]),
            metadata: {},
            data: text.includes("] ") ? { "text/plain": text.slice(text.indexOf("] ") + 2) } : {},
          })),
          ...(ename === undefined ? [] : [{ output_type: "error", ename, evalue, traceback: saved("traceback") }]),
        ],
      };
    });
  return readNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }), path);
}
