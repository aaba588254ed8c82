import type * as nbformat from "@jupyterlab/nbformat";
import type { CommMessage } from "../../kernel/widgets.ts";
import type { MetricPoint } from "../record/record.ts";

/**
 * What happens in a run of a notebook, as it happens. From the notebook as it was prepared and these entries, in their
 * order, comes the executed notebook: while it runs, and again from the journal of a run that was cut off. Cells are named
 * by their nbformat id.
 */
export type JournalEntry =
  | { readonly at: "kernel"; readonly language: nbformat.ILanguageInfoMetadata }
  | { readonly at: "cell-start"; readonly cell: string; readonly time: string }
  | {
      /** A message on iopub, as the kernel sent it. */
      readonly at: "message";
      readonly cell: string;
      readonly type: string;
      readonly date: string;
      readonly content: Readonly<Record<string, unknown>>;
      /** The id of the request that it belongs to; told with the first message of a cell. */
      readonly request?: string;
    }
  | ({ readonly at: "comm"; readonly cell: string } & CommMessage)
  | {
      readonly at: "reply";
      readonly cell: string;
      readonly date: string;
      readonly count: number | null;
      readonly error?: { readonly name: string; readonly value: string; readonly traceback: readonly string[] };
    }
  | {
      readonly at: "cell-end";
      readonly cell: string;
      readonly time: string;
      readonly seconds: number;
      readonly status: "ok" | "error";
      /** The run ends with this cell, not well. */
      readonly failed: boolean;
    }
  | { readonly at: "metrics"; readonly points: readonly MetricPoint[] };

/** The first line of a journal: what runs. */
export interface JournalHead {
  readonly schema: "reprise.journal/1";
  /** The notebook as it was prepared: parameters in, old outputs out. */
  readonly content: nbformat.INotebookContent;
  /** Of each of its cells the index in the input; null for one that the run added. */
  readonly indices: readonly (number | null)[];
}
