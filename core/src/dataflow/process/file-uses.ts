import { filePlace } from "../../text/file-place.ts";
import { assign, type Journal, push } from "../incremental/journal.ts";
import { foldersOf } from "./folders-of.ts";

/** What a cell depends on that uses any file. */
const files = "the files";

/** What an earlier statement did to files, by path: who must have run before a file is used. */
export class FileUses {
  readonly #paths = new Map<string, PathUses>();
  /** Writers of files whose path is not known: any file may be theirs. */
  readonly #anywhere: number[] = [];
  readonly #journal: Journal | undefined;

  constructor(journal?: Journal) {
    this.#journal = journal;
  }

  /** Statements that wrote a file or made a folder that it stands in; for a folder `withInside`, what stands in it too. */
  writersOf(path: string, withInside: boolean): Iterable<number> {
    this.#journal?.reads.add(files);
    const key = filePlace(path);
    const found = new Set(this.#anywhere);
    for (const folder of foldersOf(key))
      for (const writer of this.#paths.get(folder)?.madeAsFolder ?? []) found.add(writer);
    const uses = this.#paths.get(key);
    for (const writer of [...(uses?.writes ?? []), ...(uses?.madeAsFolder ?? [])]) found.add(writer);
    if (withInside) for (const writer of uses?.inside ?? []) found.add(writer);
    return found;
  }

  /** Whether a statement wrote a file, and not only made the folder that it stands in. */
  isWritten(path: string): boolean {
    this.#journal?.reads.add(files);
    return (this.#paths.get(filePlace(path))?.writes.length ?? 0) > 0;
  }

  /** Every statement that wrote a file, in order. */
  allWriters(): Iterable<number> {
    this.#journal?.reads.add(files);
    const found = new Set(this.#anywhere);
    for (const { writes } of this.#paths.values()) for (const writer of writes) found.add(writer);
    return [...found].sort((one, other) => one - other);
  }

  /** A statement writes a file, or makes, fills or empties a folder; `replaces` where nothing of before is left. */
  write(
    path: string | undefined,
    statement: number,
    how: { readonly replaces: boolean; readonly isFolder: boolean },
  ): void {
    if (path === undefined) {
      this.#append(this.#anywhere, statement);
      return;
    }
    const key = filePlace(path);
    const uses = this.#at(key);
    if (how.replaces) assign(this.#journal, files, uses, "writes", []);
    this.#append(uses.writes, statement);
    if (how.isFolder) this.#append(uses.madeAsFolder, statement);
    for (const folder of foldersOf(key)) {
      const around = this.#at(folder);
      this.#append(around.inside, statement);
      // Whoever makes a folder first makes those that it stands in (`os.makedirs`).
      const isNew = how.isFolder && folder !== "" && folder !== "/" && around.madeAsFolder.length === 0;
      if (isNew) this.#append(around.madeAsFolder, statement);
    }
  }

  #append(positions: number[], position: number): void {
    if (positions.at(-1) !== position) push(this.#journal, files, positions, position);
  }

  #at(key: string): PathUses {
    let uses = this.#paths.get(key);
    if (uses === undefined) {
      uses = { writes: [], madeAsFolder: [], inside: [] };
      this.#paths.set(key, uses);
    }
    return uses;
  }
}

interface PathUses {
  writes: number[];
  readonly madeAsFolder: number[];
  readonly inside: number[];
}
