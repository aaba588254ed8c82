import { joinLines } from "../notebook/lines.ts";
import type { CodeCell } from "../notebook/model.ts";
import { murmur2 } from "./murmur2.ts";

/** What a saved warning or traceback tells of the source that it came from. */
export interface SavedSource {
  readonly from: "warning" | "traceback";
  /** Of the kernel: tells sessions apart. */
  readonly process?: string;
  /** The name that ipykernel (6 and later) gave the source: its hash. */
  readonly fingerprint?: number;
  /** `In [N]` of the run. */
  readonly count?: number;
  /** It is the code of the cell itself, not of a function that some cell defined. */
  readonly isCell: boolean;
  /** The line in that source. */
  readonly line?: number;
  /** Lines of the output one of which quotes that line; none where nothing is quoted. */
  readonly quoted: readonly string[];
}

/** The seed of ipykernel's names: `ipykernel.compiler.get_tmp_hash_seed`. */
const seed = 0xc70f6907;

/** The numbers that ipykernel gives a cell's source: as a whole, and the body that a cell magic runs as a cell. */
export function fingerprintsOf(source: string): readonly number[] {
  const texts = [source, `${source}\n`, source.trimEnd()];
  if (/^\s*%%/.test(source)) {
    const body = source.slice(source.indexOf("\n") + 1);
    texts.push(body, `${body}\n`);
  }
  return texts.map((text) => murmur2(text, seed));
}

/** Read from errors and stderr only: what was printed can be another notebook's. */
export function savedSources(cell: CodeCell): readonly SavedSource[] {
  return cell.outputs.flatMap((output) => {
    const { output_type: type, name, text, traceback } = output as Readonly<Record<string, unknown>>;
    if (type === "stream" && name === "stderr") return fromWarnings(joinLines(text) ?? "");
    if (type === "error" && Array.isArray(traceback)) return fromTraceback(traceback.map(joinLines).join("\n"));
    return [];
  });
}

const warning = /ipykernel_(\d+)[\\/](\d+)\.py:(\d+): /;

function fromWarnings(text: string): SavedSource[] {
  const found: (SavedSource & { quoted: string[] })[] = [];
  for (const line of text.split("\n")) {
    const head = warning.exec(line);
    if (head !== null) {
      const [, process = "", fingerprint, number] = head;
      found.push({
        from: "warning",
        process,
        fingerprint: Number(fingerprint),
        isCell: false,
        line: Number(number),
        quoted: [],
      });
    } else if (/^ {2}\S/.test(line)) found.at(-1)?.quoted.push(line.trim());
  }
  return found;
}

/** How IPython heads a frame of a cell, by its version; a function's frame names it behind that. */
const frames: readonly { readonly head: RegExp; readonly read: (match: RegExpExecArray) => Partial<SavedSource> }[] = [
  {
    // IPython 8.8 and later.
    head: /^Cell In\s?\[(\d+)\], line \d+(?<inside>, in )?/,
    read: ([, count]) => ({ count: Number(count) }),
  },
  {
    // IPython 8.0 to 8.7.
    head: /^Input In \[(\d+)\], in (?<inside>(?!<(?:module|cell line))\S)?/,
    read: ([, count]) => ({ count: Number(count) }),
  },
  {
    head: /^<ipython-input-(\d+)-[0-9a-f]+> in (?<inside>(?!<module)\S)?/,
    read: ([, count]) => ({ count: Number(count) }),
  },
  {
    head: /ipykernel_(\d+)[\\/](\d+)\.py in (?<inside>(?!<module)\S)?/,
    read: ([, process = "", fingerprint]) => ({ process, fingerprint: Number(fingerprint) }),
  },
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal.
const colours = /\u001b\[[\d;]*m/g;

function fromTraceback(text: string): SavedSource[] {
  const found: SavedSource[] = [];
  let open: SavedSource | undefined;
  for (const line of text.replace(colours, "").split("\n")) {
    const arrow = /^-+> ?(\d+)(?: (.*))?$/.exec(line);
    if (arrow !== null) {
      if (open !== undefined) found.push({ ...open, line: Number(arrow[1]), quoted: [(arrow[2] ?? "").trim()] });
      open = undefined;
      continue;
    }
    const frame = frames
      .map(({ head, read }) => ({ match: head.exec(line), read }))
      .find(({ match }) => match !== null);
    if (frame?.match != null) {
      const isCell = frame.match.groups?.inside === undefined;
      open = { from: "traceback", isCell, quoted: [], ...frame.read(frame.match) };
    } else if (/^(?:File |[\w./\\~-]+\.py in )/.test(line)) open = undefined;
  }
  return found;
}

/** Whether a source has a line as it is quoted, whatever a formatter has done to it since. */
export function hasLine(source: string, quoted: string): boolean {
  return plain(source).includes(plain(quoted));
}

/** Without what formatters change: blanks, the kind of quotes, trailing commas. */
function plain(text: string): string {
  return text
    .replace(/[\s\\]+/g, "")
    .replaceAll("'", '"')
    .replace(/,(?=[)\]}])/g, "");
}
