/** What an earlier statement did to files, by path: who must have run before a file is used. */
export class FileUses {
  readonly #paths = new Map<string, PathUses>();
  /** Writers of files whose path is not known: any file may be theirs. */
  readonly #anywhere: number[] = [];

  /** Statements that wrote a file or made a folder that it stands in; for a folder `withInside`, what stands in it too. */
  writersOf(path: string, withInside: boolean): Iterable<number> {
    const key = normalise(path);
    const found = new Set(this.#anywhere);
    for (const folder of foldersOf(key))
      for (const writer of this.#paths.get(folder)?.madeAsFolder ?? []) found.add(writer);
    const uses = this.#paths.get(key);
    for (const writer of uses?.writes ?? []) found.add(writer);
    if (withInside) for (const writer of uses?.inside ?? []) found.add(writer);
    return found;
  }

  /** Every statement that wrote a file. */
  allWriters(): Iterable<number> {
    const found = new Set(this.#anywhere);
    for (const { writes } of this.#paths.values()) for (const writer of writes) found.add(writer);
    return found;
  }

  /** A statement writes a file, or makes, fills or empties a folder; `replaces` where nothing of before is left. */
  write(
    path: string | undefined,
    statement: number,
    how: { readonly replaces: boolean; readonly isFolder: boolean },
  ): void {
    if (path === undefined) {
      append(this.#anywhere, statement);
      return;
    }
    const key = normalise(path);
    const uses = this.#at(key);
    if (how.replaces) uses.writes.length = 0;
    append(uses.writes, statement);
    if (how.isFolder) append(uses.madeAsFolder, statement);
    for (const folder of foldersOf(key)) append(this.#at(folder).inside, statement);
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
  readonly writes: number[];
  readonly madeAsFolder: number[];
  readonly inside: number[];
}

/** So many folders at most are told of what is written in them, the outermost first. */
const deepestFolder = 32;

function append(positions: number[], position: number): void {
  if (positions.at(-1) !== position) positions.push(position);
}

/** The folders that a path stands in, outermost first; the working directory is the empty text. */
function foldersOf(key: string): readonly string[] {
  if (key === "") return [];
  const folders = key.startsWith("/") ? ["/"] : [""];
  for (let at = key.indexOf("/", 1); at !== -1 && folders.length < deepestFolder; at = key.indexOf("/", at + 1)) {
    folders.push(key.slice(0, at));
  }
  return folders;
}

/** One text for one file: `a/./b`, `a//b` and `a/c/../b` are `a/b`. */
function normalise(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  return (path.startsWith("/") ? "/" : "") + steps.join("/");
}
