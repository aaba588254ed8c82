/** What stands on the line that begins a cell: `# %% [markdown] tags=["parameters"]`. */
export interface Marker {
  readonly kind: "code" | "markdown" | "raw";
  readonly metadata: Readonly<Record<string, unknown>>;
}

const marker = /^\s*#\s*%%(%*)\s(.*)$/;
const bareMarker = /^\s*#\s*(?:%%|<codecell>|In\[[0-9 ]*\]:?)\s*$/;
const type = /\[(markdown|md|raw)\]/;

/** True for a line that begins a cell: `# %%`. */
export function isMarker(line: string): boolean {
  return marker.test(line) || bareMarker.test(line);
}

/** The cell that a line begins; a code cell without metadata for a line that is no marker. */
export function readMarker(line: string): Marker {
  const match = marker.exec(line);
  if (match === null) return { kind: "code", metadata: {} };
  const [, depth = "", options = ""] = match;
  const kind = type.exec(options)?.[1];
  const { title, metadata } = readOptions(options.replace(type, "").trim());
  return {
    kind: kind === undefined ? "code" : kind === "raw" ? "raw" : "markdown",
    metadata: {
      ...(title === "" ? {} : { title }),
      ...(depth === "" ? {} : { cell_depth: depth.length }),
      ...metadata,
    },
  };
}

/** A title, then metadata: `key=value ...`, or one JSON object. What is neither stays part of the title. */
function readOptions(text: string): { readonly title: string; readonly metadata: Readonly<Record<string, unknown>> } {
  const brace = text.indexOf("{");
  const equals = text.indexOf("=");
  if (brace >= 0 && (equals < 0 || brace < equals)) {
    const value = readValue(text.slice(brace));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { title: text.slice(0, brace).trim(), metadata: value as Readonly<Record<string, unknown>> };
    }
    return { title: text, metadata: {} };
  }
  const metadata: [string, unknown][] = [];
  let rest = text;
  // From the right, as values may hold blanks and equals signs.
  for (let at = rest.lastIndexOf("="); at > 0; at = rest.lastIndexOf("=", at - 1)) {
    const key = /(?:^|\s)([A-Za-z_][\w.-]*)\s*$/.exec(rest.slice(0, at));
    const value = key === null ? undefined : readValue(rest.slice(at + 1));
    if (key === null || value === undefined) continue;
    metadata.unshift([key[1] as string, value]);
    rest = rest.slice(0, key.index).trimEnd();
    at = rest.length;
  }
  return { title: rest.trim(), metadata: Object.fromEntries(metadata) };
}

/** JSON, or the same with Python's quotes and names. */
function readValue(text: string): unknown {
  const trimmed = text.trim();
  for (const attempt of [() => trimmed, () => pythonToJson(trimmed)]) {
    try {
      return JSON.parse(attempt());
    } catch {
      // Tried as the other.
    }
  }
  return undefined;
}

const names: Readonly<Record<string, string>> = { True: "true", False: "false", None: "null" };

function pythonToJson(text: string): string {
  return text.replace(/'((?:[^'\\]|\\.)*)'|"(?:[^"\\]|\\.)*"|\b(?:True|False|None)\b/g, (whole, single?: string) =>
    single === undefined ? (names[whole] ?? whole) : JSON.stringify(single.replace(/\\'/g, "'")),
  );
}
