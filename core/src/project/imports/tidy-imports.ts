import { type ImportLine, namesBoundBy, readImportLine } from "./import-line.ts";
import { type ImportSurroundings, sortedImports } from "./import-order.ts";

/** The docstring and the comments that a module begins with. */
const opening = /^(?:"""(?:[^"\\]|\\[\s\S]|"(?!""))*""" *\n)?(?:(?:#.*)?\n)*/;
const typeChecking = "if TYPE_CHECKING:\n";

/**
 * Sorts the imports that a generated module begins with, and leaves out those whose names it does not read: what ruff's
 * rules I001 and F401 would do to it. Nothing for a module whose imports are not all plain ones at its beginning: those
 * of an author, which may be conditional, or need the eye of a linter.
 */
export function tidyImports(
  draft: string,
  surroundings: ImportSurroundings,
  read: ReadonlySet<string>,
): string | undefined {
  const start = opening.exec(draft)?.[0].length ?? 0;
  const atTop = readRun(draft.slice(start), "");
  if (atTop === undefined) return undefined;
  const below = draft.slice(start + atTop.length);
  const guarded = below.startsWith(typeChecking) ? readRun(below.slice(typeChecking.length), "    ") : noImports;
  if (guarded === undefined || /^(?:import|from) /m.test(below)) return undefined;
  if (atTop.imports.length + guarded.imports.length === 0) return draft;
  const isRead = (name: string) => read.has(name);
  const kept = atTop.imports.flatMap((line) => partOf(line, isRead));
  const bound = [...kept, ...guarded.imports].filter(isOfModule).flatMap(namesBoundBy);
  const hasIdleGuarded = guarded.imports.flatMap(namesBoundBy).some((name) => !isRead(name));
  if (new Set(bound).size < bound.length || hasIdleGuarded) return undefined;
  const body = guarded === noImports ? below : below.slice(typeChecking.length + guarded.length);
  const parts = [
    draft.slice(0, start).trimEnd(),
    sortedImports(kept, surroundings),
    guarded === noImports ? "" : typeChecking + indented(sortedImports(guarded.imports, surroundings)),
    body.trimStart(),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** Import statements, and how long their text is, with the blank lines among and below them. */
interface ImportRun {
  readonly imports: readonly ImportLine[];
  readonly length: number;
}

const noImports: ImportRun = { imports: [], length: 0 };

/** The lines that a text begins with, as far as they are blank or imports; nothing where one of these is not plain. */
function readRun(text: string, indentation: string): ImportRun | undefined {
  const imports: ImportLine[] = [];
  let length = 0;
  for (const line of text.split("\n")) {
    const isImport = line.startsWith(`${indentation}import `) || line.startsWith(`${indentation}from `);
    if (line.trim() !== "" && !isImport) break;
    if (isImport) {
      const read = readImportLine(line.slice(indentation.length));
      if (read === undefined) return undefined;
      imports.push(read);
    }
    length += line.length + 1;
  }
  return { imports, length: Math.min(length, text.length) };
}

function isOfModule({ module }: ImportLine): boolean {
  return module !== "__future__";
}

/** What is left of an import without what it binds in vain. */
function partOf(line: ImportLine, isRead: (name: string) => boolean): readonly ImportLine[] {
  if (!isOfModule(line)) return [line];
  if (line.kind === "import") return namesBoundBy(line).some(isRead) ? [line] : [];
  const members = line.members.filter(({ name, asname }) => isRead(asname ?? name));
  return members.length === 0 ? [] : [{ ...line, members }];
}

function indented(block: string): string {
  return block.replaceAll(/^(?=.)/gm, "    ");
}
