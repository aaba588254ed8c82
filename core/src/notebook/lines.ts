import type * as nbformat from "@jupyterlab/nbformat";

/** Where Python's `str.splitlines` parts lines. */
const lineEnds = String.raw`\n\r\v\f\x1c-\x1e\x85\u2028\u2029`;
const line = new RegExp(`[^${lineEnds}]*(?:\\r\\n|[${lineEnds}])|[^${lineEnds}]+`, "g");

/** A text as nbformat stores it: its lines with their ends. */
export function splitLines(text: string): string[] {
  return text.match(line) ?? [];
}

/** A text that nbformat may hold as a list of lines; undefined for what is none. */
export function joinLines(text: unknown): string | undefined {
  if (typeof text === "string") return text;
  return Array.isArray(text) && text.every((each) => typeof each === "string") ? text.join("") : undefined;
}

/** An output with its texts as lists of lines, as `nbformat.write` stores it. */
export function splitOutput(output: nbformat.IOutput): nbformat.IOutput {
  const { output_type: type, text, data } = output as { output_type: string; text?: unknown; data?: unknown };
  if (type === "stream" && typeof text === "string") return { ...output, text: splitLines(text) };
  if ((type !== "display_data" && type !== "execute_result") || typeof data !== "object" || data === null)
    return output;
  const bundle = Object.entries(data).map(([mime, value]) => [
    mime,
    isTextual(mime) && typeof value === "string" ? splitLines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(bundle) };
}

function isTextual(mime: string): boolean {
  return mime.startsWith("text/") || mime === "application/javascript" || mime === "image/svg+xml";
}
