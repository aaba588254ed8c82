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

/** `512m`, `4g`, or bytes. */
export function bytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?$/i.exec(text.trim());
  if (!match) throw new InvalidArgumentError("Not a size such as 512m or 4g.");
  const power = " kmgt".indexOf((match[2] ?? "").toLowerCase() || " ");
  return Math.round(Number(match[1]) * 1024 ** power);
}

/** Text gathered over repeated options. */
export const repeated = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
