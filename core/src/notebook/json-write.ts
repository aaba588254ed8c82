/** How JSON is laid out. */
export interface JsonStyle {
  /** What one level is indented by; absent for all on one line. */
  readonly indent?: string;
  readonly lineEnd: "\n" | "\r\n";
  /** Between a name and its value. */
  readonly colon: ":" | ": ";
  /** Between values on one line. */
  readonly comma: "," | ", ";
  /** Everything outside ASCII is escaped. */
  readonly ascii: boolean;
  readonly sortKeys: boolean;
}

/** As `nbformat.write`: `json.dumps(..., indent=1, sort_keys=True, ensure_ascii=False)`. */
export const nbformatStyle: JsonStyle = {
  indent: " ",
  lineEnd: "\n",
  colon: ": ",
  comma: ",",
  ascii: false,
  sortKeys: true,
};

/** The style that a JSON object's text is written in. */
export function styleOf(text: string): JsonStyle {
  const opening = /^\ufeff?\s*\{(\s*)"(?:[^"\\]|\\.){0,100}":(\s*)/.exec(text);
  const gap = opening?.[1] ?? "\n ";
  const isOneLine = !gap.includes("\n");
  return {
    ...(isOneLine ? {} : { indent: gap.slice(gap.lastIndexOf("\n") + 1) }),
    lineEnd: gap.includes("\r\n") ? "\r\n" : "\n",
    colon: opening?.[2] === "" ? ":" : ": ",
    comma: isOneLine && /[\]}"\d], "/.test(text.slice(0, 2000)) ? ", " : ",",
    ascii: /\\u[0-9a-fA-F]{4}/.test(text) && !/[^\0-\x7f]/.test(text),
    sortKeys: false,
  };
}

interface Open {
  readonly entries: readonly (readonly [name: string | undefined, value: unknown])[];
  readonly close: "}" | "]";
  next: number;
}

/**
 * A JSON value as text, its inner lines indented for a place `depth` levels deep. Members that are undefined are left
 * out; numbers that are not finite become null. Nothing recurses.
 */
export function writeJson(value: unknown, style: JsonStyle, depth = 0): string {
  const pieces: string[] = [];
  const open: Open[] = [];
  const newline = (level: number): string => lineStart(style, depth + level);
  const begin = (item: unknown): void => {
    const container = openContainer(item, style);
    if (container === undefined) pieces.push(writeScalar(item, style));
    else if (container.entries.length === 0) pieces.push(container.close === "}" ? "{}" : "[]");
    else {
      pieces.push(container.close === "}" ? "{" : "[");
      open.push(container);
    }
  };
  begin(value);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const entry = top.entries[top.next++];
    if (entry === undefined) {
      open.pop();
      pieces.push(newline(open.length), top.close);
      continue;
    }
    if (top.next > 1) pieces.push(style.indent === undefined ? style.comma : ",");
    pieces.push(newline(open.length));
    if (entry[0] !== undefined) pieces.push(writeScalar(entry[0], style), style.colon);
    begin(entry[1]);
  }
  return pieces.join("");
}

/** The break before a line at a depth. */
export function lineStart({ indent, lineEnd }: JsonStyle, depth: number): string {
  return indent === undefined ? "" : lineEnd + indent.repeat(depth);
}

function openContainer(value: unknown, style: JsonStyle): Open | undefined {
  if (Array.isArray(value)) return { entries: value.map((item) => [undefined, item]), close: "]", next: 0 };
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (style.sortKeys) entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return { entries, close: "}", next: 0 };
}

function writeScalar(value: unknown, style: JsonStyle): string {
  const text = JSON.stringify(value) ?? "null";
  if (!style.ascii) return text;
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
