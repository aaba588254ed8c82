import { parse } from "yaml";
import type { DraftCell, DraftLine } from "./draft.ts";

/** What stands before the first cell of a text notebook. */
export interface Header {
  /** Of the notebook: what stands under `jupyter`. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The rest of the YAML, which notebooks keep in a raw cell. */
  readonly cell?: DraftCell;
  /** Every value, for formats that have more of their own there. */
  readonly values: Readonly<Record<string, unknown>>;
  /** How many lines it takes. */
  readonly length: number;
}

const none: Header = { metadata: {}, values: {}, length: 0 };

/**
 * Reads the YAML between two lines `---` at the top; `plain` gives a line without its comment sign. A text that begins
 * otherwise, or whose YAML cannot be read, has no header.
 */
export function readHeader(lines: readonly DraftLine[], plain: (line: DraftLine) => DraftLine | undefined): Header {
  const first = lines[0] === undefined ? undefined : plain(lines[0]);
  if (first === undefined || first.text.trimEnd() !== "---") return none;
  const inside: DraftLine[] = [];
  for (const [at, raw] of lines.entries()) {
    if (at === 0) continue;
    const line = plain(raw);
    if (line === undefined) return none;
    if (line.text.trimEnd() === "---") return headerOf(first, inside, line, at + 1);
    inside.push(line);
  }
  return none;
}

function headerOf(open: DraftLine, inside: readonly DraftLine[], close: DraftLine, length: number): Header {
  const values = mapping(inside);
  if (values === undefined) return none;
  const { jupyter } = values;
  const metadata = isMapping(jupyter) ? jupyter : {};
  const rest = withoutKey(inside, isMapping(jupyter) ? "jupyter" : undefined);
  const lines = [open, ...rest, close];
  return {
    metadata,
    values,
    length,
    ...(rest.length > 0 ? { cell: { kind: "raw" as const, lines, metadata: {} } } : {}),
  };
}

function mapping(lines: readonly DraftLine[]): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = parse(lines.map(({ text }) => text).join("\n"), { maxAliasCount: 100 }) ?? {};
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withoutKey(lines: readonly DraftLine[], key: string | undefined): readonly DraftLine[] {
  if (key === undefined) return lines;
  let inside = false;
  return lines.filter(({ text }) => {
    if (/^\S/.test(text)) inside = text.startsWith(`${key}:`);
    return !inside;
  });
}
