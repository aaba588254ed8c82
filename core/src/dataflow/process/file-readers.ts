import { filePlace } from "../../text/file-place.ts";
import { type Journal, push } from "../incremental/journal.ts";
import { foldersOf } from "./folders-of.ts";

/** What a cell depends on that writes any file. */
const reads = "the files that were read";

/** Which earlier statements looked at files, by path: who must have run before a file becomes another. */
export class FileReaders {
  readonly #paths = new Map<string, PathReaders>();
  /** Readers of files whose path is not known: it may be any. */
  readonly #anywhere: number[] = [];
  readonly #journal: Journal | undefined;

  constructor(journal?: Journal) {
    this.#journal = journal;
  }

  /** A statement reads a file, or looks into a folder: at whatever stands in it. */
  read(path: string | undefined, statement: number): void {
    if (path === undefined) {
      this.#append(this.#anywhere, statement);
      return;
    }
    const key = filePlace(path);
    this.#append(this.#at(key).readers, statement);
    for (const folder of foldersOf(key)) this.#append(this.#at(folder).inside, statement);
  }

  /** Statements that read what is written now: the file, a folder that it stands in, what stands in it `withInside`. */
  readersOf(path: string | undefined, withInside: boolean): Iterable<number> {
    this.#journal?.reads.add(reads);
    const found = new Set(this.#anywhere);
    const add = (those: readonly number[] | undefined) => {
      for (const reader of those ?? []) found.add(reader);
    };
    if (path === undefined) {
      for (const { readers } of this.#paths.values()) add(readers);
      return found;
    }
    const key = filePlace(path);
    for (const folder of foldersOf(key)) add(this.#paths.get(folder)?.readers);
    add(this.#paths.get(key)?.readers);
    if (withInside) add(this.#paths.get(key)?.inside);
    return found;
  }

  #append(positions: number[], position: number): void {
    if (positions.at(-1) !== position) push(this.#journal, reads, positions, position);
  }

  #at(key: string): PathReaders {
    let found = this.#paths.get(key);
    if (found === undefined) {
      found = { readers: [], inside: [] };
      this.#paths.set(key, found);
    }
    return found;
  }
}

interface PathReaders {
  readonly readers: number[];
  readonly inside: number[];
}
