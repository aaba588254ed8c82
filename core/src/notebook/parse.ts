import { ProblemError } from "../problem/problem.ts";
import { LineIndex } from "../text/position.ts";
import { examineJson } from "./json-error.ts";
import { skipMark } from "./json-text.ts";

/** What people hand over in place of a notebook, by how it begins, or by a line in it. */
const lookAlikes: readonly { readonly sign: RegExp; readonly message: string; readonly mend: string }[] = [
  {
    sign: /^\s*$/,
    message: "The file is empty.",
    mend: "Save the notebook again from Jupyter, or restore it from version control.",
  },
  {
    sign: /^\s*<(!doctype|html)/i,
    message: "The file is a web page.",
    mend: "Download the notebook itself: on GitHub with the button Raw, on a Jupyter server with File, Download.",
  },
  {
    sign: /^version https:\/\/git-lfs/,
    message: "The file is a pointer of Git LFS; the notebook itself was not fetched.",
    mend: "Type: git lfs pull",
  },
  {
    sign: /^<{7} /m,
    message: "The file holds the marks of a merge conflict.",
    mend: "Settle the conflict (lines with <<<<<<<, ======= and >>>>>>>), or take one side: git checkout --ours FILE",
  },
];

/** Parses the JSON of a notebook, with or without a byte order mark. Throws ProblemError RP102 with line and column. */
export function parseNotebookJson(text: string, path: string): unknown {
  const json = text.slice(skipMark(text));
  try {
    return JSON.parse(json);
  } catch (cause) {
    const { error, nonFinite } = examineJson(text);
    if (error === undefined) return JSON.parse(withNulls(text, nonFinite));
    const place = { file: path, ...new LineIndex(text).position(error.offset) };
    const likeness = lookAlikes.find(({ sign }) => sign.test(text));
    throw new ProblemError(
      {
        id: "RP102",
        message: likeness?.message ?? `The notebook is not valid JSON: ${error.message}.`,
        place,
        mend:
          likeness?.mend ??
          "Mend the JSON there, restore the file from version control, or save it again from Jupyter.",
      },
      { cause },
    );
  }
}

/** `NaN` and the infinities, which Python writes into outputs, are read as null: what was saved stays in the file. */
function withNulls(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  const pieces: string[] = [];
  let at = skipMark(text);
  for (const span of spans) {
    pieces.push(text.slice(at, span.start), "null");
    at = span.end;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}
