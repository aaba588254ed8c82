import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { DataFileFacts } from "../project/pages/data-facts.ts";

/** Larger files are not read: their size alone is told. */
const mostBytes = 1 << 26;

const chunkBytes = 1 << 16;

/** A header longer than this is none. */
const longestHeader = 1 << 16;

const separators: Readonly<Record<string, string>> = { csv: ",", tsv: "\t" };

/**
 * Facts of the files that a notebook reads: size and content hash, of `.csv` and `.tsv` the names in the first line and
 * how many lines follow. Paths start from `folder`; what is not there, is a folder or cannot be read is left out.
 */
export function readDataFacts(folder: string, paths: readonly string[]): readonly DataFileFacts[] {
  return paths.flatMap((path) => {
    try {
      return factsOf(folder, path) ?? [];
    } catch {
      return [];
    }
  });
}

function factsOf(folder: string, path: string): DataFileFacts | undefined {
  const file = resolve(folder, path);
  const found = statSync(file);
  const size = found.size;
  if (!found.isFile()) return undefined;
  if (size > mostBytes) return { path, bytes: size };
  const digest = createHash("sha256");
  const separator = separators[path.split(".").at(-1)?.toLowerCase() ?? ""];
  const table = separator === undefined ? undefined : new TableReader(separator);
  for (const chunk of chunksOf(file)) {
    digest.update(chunk);
    table?.read(chunk);
  }
  return { path, bytes: size, sha256: digest.digest("hex"), ...table?.end() };
}

/** A file's bytes; each piece is good until the next one is asked for. */
function* chunksOf(file: string): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const opened = openSync(file, "r");
  try {
    for (let length = readSync(opened, buffer); length > 0; length = readSync(opened, buffer)) {
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(opened);
  }
}

/** Counts the lines of a delimited text, not those inside of quotes, and keeps the first. */
class TableReader {
  readonly #separator: string;
  #header = Buffer.alloc(0);
  #hasHeader = false;
  #lines = 0;
  #isQuoted = false;
  #endsOpen = false;

  constructor(separator: string) {
    this.#separator = separator;
  }

  read(chunk: Buffer): void {
    let from = 0;
    let quote = chunk.indexOf('"');
    const passQuotes = (before: number): void => {
      for (; quote !== -1 && quote < before; quote = chunk.indexOf('"', quote + 1)) this.#isQuoted = !this.#isQuoted;
    };
    for (let end = chunk.indexOf("\n"); end !== -1; end = chunk.indexOf("\n", end + 1)) {
      passQuotes(end);
      if (this.#isQuoted) continue;
      if (!this.#hasHeader) this.#keep(chunk.subarray(from, end));
      this.#hasHeader = true;
      if (end > from) this.#lines++;
      from = end + 1;
    }
    passQuotes(chunk.length);
    this.#endsOpen = from < chunk.length;
    if (!this.#hasHeader) this.#keep(chunk);
  }

  end(): Pick<DataFileFacts, "columns" | "rows"> {
    const text = this.#header
      .toString("utf8")
      .replace(/^\uFEFF/, "")
      .trim();
    if (text === "" || this.#header.length >= longestHeader) return {};
    const lines = this.#lines + (this.#endsOpen ? 1 : 0);
    return {
      columns: fieldsOf(text, this.#separator),
      rows: Math.max(0, lines - 1),
    };
  }

  #keep(piece: Buffer): void {
    if (this.#header.length < longestHeader) this.#header = Buffer.concat([this.#header, piece]);
  }
}

/** The fields of a line; a separator inside of quotes parts nothing. */
function fieldsOf(line: string, separator: string): readonly string[] {
  const fields: string[] = [];
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at <= line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted;
    if (at < line.length && (line[at] !== separator || isQuoted)) continue;
    const field = line.slice(from, at).replace(/^"|"$/g, "");
    fields.push(field.replaceAll('""', '"'));
    from = at + 1;
  }
  return fields;
}
