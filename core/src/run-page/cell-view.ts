import type * as nbformat from "@jupyterlab/nbformat";
import { joinLines } from "../notebook/lines.ts";
import { safeHtml, safeMarkdown } from "./safe-html.ts";

/** An output as the page shows it: text, HTML that is safe, or a picture. */
export interface OutputView {
  readonly text?: string;
  readonly isError?: boolean;
  readonly html?: string;
  readonly picture?: string;
}

export interface CellView {
  /** Of a Markdown cell. */
  readonly prose?: string;
  readonly count?: string;
  readonly source?: string;
  readonly outputs?: readonly OutputView[];
  readonly note?: string;
  /** It ended the run. */
  readonly isFailed?: boolean;
}

/** Longer ones are cut: the notebook has them whole. */
const longestText = 100_000;

const hiddenTags: ReadonlySet<string> = new Set(["papermill-error-cell-tag"]);

/** The cells of an executed notebook for the page; nothing of them runs in it. */
export function cellViews(notebook: nbformat.INotebookContent): readonly CellView[] {
  return notebook.cells.flatMap((cell): CellView[] => {
    const { cell_type: type, metadata } = cell;
    if ((metadata.tags as string[] | undefined)?.some((tag) => hiddenTags.has(tag))) return [];
    const source = joinLines(cell.source) ?? "";
    if (type === "markdown") return [{ prose: safeMarkdown(source) }];
    if (type !== "code") return [{ source }];
    const { execution_count: count, outputs } = cell as nbformat.ICodeCell;
    const isHidden = (metadata.jupyter as { source_hidden?: boolean } | undefined)?.source_hidden === true;
    const isFailed = (metadata.papermill as { status?: string } | undefined)?.status === "failed";
    const cache = (metadata.reprise as { cache?: { run: string } } | undefined)?.cache;
    return [
      {
        count: count === null ? " " : String(count),
        ...(!isHidden && { source }),
        outputs: outputs.map(outputView),
        ...(isFailed && { isFailed }),
        ...(cache && { note: `taken from run ${cache.run.slice(0, 8)}` }),
      },
    ];
  });
}

function outputView(output: nbformat.IOutput): OutputView {
  if (output.output_type === "stream") {
    return { text: shortened(joinLines(output.text) ?? ""), isError: output.name === "stderr" };
  }
  if (output.output_type === "error") {
    const traceback = (output.traceback as string[] | undefined) ?? [];
    return { text: shortened(traceback.join("\n") || `${output.ename}: ${output.evalue}`), isError: true };
  }
  return richView((output.data ?? {}) as nbformat.IMimeBundle);
}

/** The richest form that can be shown without running anything. A drawing is a picture, in which scripts are dead. */
function richView(data: nbformat.IMimeBundle): OutputView {
  for (const type of ["image/png", "image/jpeg", "image/gif"]) {
    if (data[type] === undefined) continue;
    const base64 = (joinLines(data[type]) ?? "").replaceAll(/\s/g, "");
    if (/^[A-Za-z0-9+/]+=*$/.test(base64)) return { picture: `data:${type};base64,${base64}` };
  }
  const svg = data["image/svg+xml"];
  if (svg !== undefined) {
    return { picture: `data:image/svg+xml;base64,${Buffer.from(joinLines(svg) ?? "").toString("base64")}` };
  }
  const html = data["text/html"];
  if (html !== undefined) {
    const safe = safeHtml(joinLines(html) ?? "");
    if (safe.trim() !== "") return { html: safe };
  }
  const markdown = data["text/markdown"];
  if (markdown !== undefined) return { html: safeMarkdown(joinLines(markdown) ?? "") };
  const text = data["text/latex"] ?? data["text/plain"] ?? data["application/json"];
  if (text === undefined) return { text: `(${Object.keys(data).join(", ") || "nothing"}: not shown here)` };
  return {
    text: shortened(joinLines(text) ?? JSON.stringify(text, undefined, 2)),
  };
}

function shortened(text: string): string {
  // Colours of terminals (ECMA-48).
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are made of
  const plain = text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
  return plain.length > longestText
    ? `${plain.slice(0, longestText)}\n... ${plain.length - longestText} more characters`
    : plain;
}
