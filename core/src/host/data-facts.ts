import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { DataFileFacts } from "../project/pages/data-facts.ts";

/** Larger files are not read: their size alone is told. */
const mostBytes = 1 << 26;

/** A header longer than this is none. */
const longestHeader = 1 << 16;

const separators: Readonly<Record<string, string>> = { csv: ",", tsv: "\t" };

/**
 * Facts of the files that a notebook reads: size and content hash, of `.csv` and `.tsv` the names in the first line and
 * how many lines follow. Paths start from `folder`; what is not there, is a folder or cannot be read is left out.
 */
export async function readDataFacts(folder: string, paths: readonly string[]): Promise<readonly DataFileFacts[]> {
  const facts = await Promise.all(paths.map((path) => factsOf(folder, path).catch(() => undefined)));
  return facts.filter((each) => each !== undefined);
}

async function factsOf(folder: string, path: string): Promise<DataFileFacts | undefined> {
  const file = resolve(folder, path);
  const { size, isFile } = await stat(file).then((found) => ({ size: found.size, isFile: found.isFile() }));
  if (!isFile) return undefined;
  if (size > mostBytes) return { path, bytes: size };
  const digest = createHash("sha256");
  const separator = separators[path.split(".").at(-1)?.toLowerCase() ?? ""];
  const table = separator === undefined ? undefined : new TableReader(separator);
  for await (const chunk of createReadStream(file)) {
    digest.update(chunk as Buffer);
    table?.read(chunk as Buffer);
  }
  return { path, bytes: size, sha256: digest.digest("hex"), ...table?.end() };
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
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === 0x22) this.#isQuoted = !this.#isQuoted;
      if (byte !== 0x0a || this.#isQuoted) continue;
      if (!this.#hasHeader) this.#keep(chunk.subarray(from, at));
      this.#hasHeader = true;
      if (at > from) this.#lines++;
      from = at + 1;
    }
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
