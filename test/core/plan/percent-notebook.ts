import type { Notebook } from "../../../core/src/notebook/model.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";

/**
 * A notebook from text in percent form: `# %%` starts a code cell, `# %% [markdown]` a text cell whose lines are
 * comments. A code cell's mark may say `count=3` (its execution count), `tags=a,b` and `error` (a saved error).
 */
export function percentNotebook(text: string, path: string): Notebook {
  const [, ...pieces] = text.split(/^# %%(.*)$/m);
  const cells: object[] = [];
  for (let at = 0; at < pieces.length; at += 2) {
    const mark = pieces[at] as string;
    const source = (pieces[at + 1] as string).replace(/^\n/, "").replace(/\n$/, "");
    const metadata = { tags: /tags=(\S+)/.exec(mark)?.[1]?.split(",") ?? [] };
    if (mark.includes("[markdown]")) {
      cells.push({ cell_type: "markdown", metadata, source: source.replace(/^# ?/gm, "") });
      continue;
    }
    const count = /count=(\d+)/.exec(mark)?.[1];
    const error = { output_type: "error", ename: "Error", evalue: "failed", traceback: [] };
    cells.push({
      cell_type: "code",
      metadata,
      source,
      execution_count: count === undefined ? null : Number(count),
      outputs: /\berror\b/.test(mark) ? [error] : [],
    });
  }
  const metadata = { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } };
  return readNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata, cells }), path);
}
