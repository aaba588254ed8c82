import { InvalidArgumentError } from "commander";

/** `a,b` to a list. */
export const list = (text: string): readonly string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** Any finite number from 0. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError("Not a number from 0.");
  return value;
}

/** A whole number from 0. */
export function wholeNumber(text: string): number {
  const value = number(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError("Not a whole number from 0.");
  return value;
}

/** `NAME=VALUE`, gathered over repeated options. */
export function assignment(text: string, before: readonly [string, string][] = []): readonly [string, string][] {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Not NAME=VALUE.");
  return [...before, [text.slice(0, at), text.slice(at + 1)]];
}

/** A version of Python 3, such as `3.11` or `3.11.7`. */
export function pythonVersion(text: string): string {
  if (!/^3\.\d{1,2}(\.\d+)?$/.test(text)) throw new InvalidArgumentError("Not a version such as 3.11 or 3.11.7.");
  return text;
}

/** A day, such as `2023-06-01`. */
export function day(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) {
    throw new InvalidArgumentError("Not a day such as 2023-06-01.");
  }
  return text;
}

/** What Python takes as the name of a package. */
export function packageName(text: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(text) || keywords.has(text)) {
    throw new InvalidArgumentError("Not a name that Python can import, such as churn_model.");
  }
  return text;
}

const keywords: ReadonlySet<string> = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global " +
    "if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/** `all`, `none`, `optional`, how many (of Ray also a part of one), or which: `device=0,2`. */
export function gpus(text: string): string {
  const isNumber = /^\d+(\.\d+)?$/.test(text) && Number(text) > 0;
  if (!isNumber && !/^(all|none|optional|device=[\w:.-]+(,[\w:.-]+)*)$/.test(text))
    throw new InvalidArgumentError("Not all, none, optional, a number, or device=ID,ID.");
  return text;
}

/** `512m`, `4g`, or bytes. */
export function bytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(text.trim());
  if (!match) throw new InvalidArgumentError("Not a size such as 512m or 4g.");
  const power = " kmgt".indexOf((match[2] ?? "").toLowerCase() || " ");
  return Math.round(Number(match[1]) * 1024 ** power);
}

/** Text gathered over repeated options. */
export const repeated = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
