/** A module that is imported (`import a.b as c`), or names of one (`from .a import b, c as d`). */
export interface ImportLine {
  readonly kind: "import" | "from";
  /** Dotted, without the dots that it begins with; empty in `from . import b`. */
  readonly module: string;
  /** How many dots it begins with. */
  readonly level: number;
  /** What `from` takes of it; empty for `import`. */
  readonly members: readonly ImportedMember[];
  readonly asname?: string;
}

export interface ImportedMember {
  readonly name: string;
  readonly asname?: string;
}

const name = String.raw`[\p{L}\p{M}\p{N}_]+`;
const module = String.raw`[\p{L}\p{M}\p{N}_.]`;
const member = `${name}(?: as ${name})?`;
const straight = new RegExp(`^import (?<module>${module}+)(?: as (?<asname>${name}))?$`, "u");
const from = new RegExp(
  String.raw`^from (?<dots>\.*)(?<module>${module}*) import (?<members>${member}(?:, ${member})*)$`,
  "u",
);

/**
 * Reads a line; nothing for one that is not an import, or not as plain as those that Reprise writes. That something is
 * called what it is called anyway (`import time as time`) is left out.
 */
export function readImportLine(line: string): ImportLine | undefined {
  const { groups } = straight.exec(line) ?? {};
  if (groups !== undefined) {
    const { module = "", asname } = groups;
    return { kind: "import", module, level: 0, members: [], ...namedAnew(module, asname) };
  }
  const { dots = "", module = "", members } = from.exec(line)?.groups ?? {};
  if (members === undefined) return undefined;
  return { kind: "from", module, level: dots.length, members: members.split(", ").map(readMember) };
}

function readMember(text: string): ImportedMember {
  const [name = "", asname] = text.split(" as ");
  return { name, ...namedAnew(name, asname) };
}

function namedAnew(name: string, asname: string | undefined): { asname?: string } {
  return asname === undefined || asname === name ? {} : { asname };
}

export function importText({ kind, module, level, members, asname }: ImportLine): string {
  if (kind === "import") return `import ${module}${asText(asname)}`;
  const names = members.map((each) => `${each.name}${asText(each.asname)}`);
  return `from ${".".repeat(level)}${module} import ${names.join(", ")}`;
}

function asText(asname: string | undefined): string {
  return asname === undefined ? "" : ` as ${asname}`;
}

/** The names that an import binds. */
export function namesBoundBy({ kind, module, members, asname }: ImportLine): readonly string[] {
  if (kind === "from") return members.map((each) => each.asname ?? each.name);
  return [asname ?? (module.split(".", 1)[0] as string)];
}
