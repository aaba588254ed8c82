import { isStandardLibrary } from "../../python/standard-library.ts";
import { type ImportedMember, type ImportLine, importText } from "./import-line.ts";
import { byNaturalOrder } from "./natural-order.ts";

/** What decides where an import belongs. */
export interface ImportSurroundings {
  /** `3.11`: its standard library is a section. */
  readonly python: string;
  /** Top-level modules and packages that are the project's own. */
  readonly own: readonly string[];
}

/** The sections of a block, in their order. */
const sections = ["future", "standard library", "third party", "own", "relative"] as const;
type Section = (typeof sections)[number];

/**
 * A block of imports, as ruff's rule I001 wants it
 * (https://docs.astral.sh/ruff/rules/unsorted-imports/, with the default settings of `lint.isort`): sections with a blank
 * line between them; in each first `import`, then `from`; one `from` for each module, and one for each `as`. Lines may be
 * longer than a line should be: to break them is left to the formatter. Without a line break at the end.
 */
export function sortedImports(imports: readonly ImportLine[], surroundings: ImportSurroundings): string {
  const grouped = Map.groupBy(merged(imports), (each) => sectionOf(each, surroundings));
  const texts = sections.map((section) => (grouped.get(section) ?? []).toSorted(byModule).map(importText).join("\n"));
  return texts.filter((text) => text !== "").join("\n\n");
}

function sectionOf({ module, level }: ImportLine, { python, own }: ImportSurroundings): Section {
  const top = module.split(".", 1)[0] as string;
  if (level > 0) return "relative";
  if (top === "__future__") return "future";
  if (own.includes(top)) return "own";
  return isStandardLibrary(top, python) ? "standard library" : "third party";
}

/** Each statement once; what is taken from one module in one statement, but what gets another name in one of its own. */
function merged(imports: readonly ImportLine[]): readonly ImportLine[] {
  const byText = new Map<string, ImportLine>();
  const members = new Map<string, { readonly line: ImportLine; readonly names: Map<string, ImportedMember> }>();
  for (const line of imports) {
    if (line.kind === "import") byText.set(importText(line), line);
    for (const member of line.members) {
      if (member.asname !== undefined) {
        const alone = { ...line, members: [member] };
        byText.set(importText(alone), alone);
        continue;
      }
      const key = ".".repeat(line.level) + line.module;
      const taken = members.get(key) ?? { line, names: new Map() };
      members.set(key, taken);
      taken.names.set(member.name, member);
    }
  }
  const joined = [...members.values()].map(({ line, names }) => ({
    ...line,
    members: [...names.values()].toSorted(byMember),
  }));
  return [...byText.values(), ...joined];
}

function byModule(one: ImportLine, other: ImportLine): number {
  if (one.kind !== other.kind) return one.kind === "import" ? -1 : 1;
  return (
    other.level - one.level ||
    byName(one.module, other.module) ||
    (one.kind === "from" ? byMember(one.members[0] as ImportedMember, other.members[0] as ImportedMember) : 0) ||
    byAsname(one.asname, other.asname)
  );
}

/** Constants, then classes, then all others; each by name. */
function byMember(one: ImportedMember, other: ImportedMember): number {
  return rank(one.name) - rank(other.name) || byName(one.name, other.name) || byAsname(one.asname, other.asname);
}

function rank(name: string): number {
  const isUpper = name === name.toUpperCase() && name !== name.toLowerCase();
  if (isUpper && name.length > 1) return 0;
  return /^\p{Lu}/u.test(name) ? 1 : 2;
}

function byName(one: string, other: string): number {
  return byNaturalOrder(one.toLowerCase(), other.toLowerCase()) || byNaturalOrder(one, other);
}

function byAsname(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined);
  return byNaturalOrder(one, other);
}
