import Table from "cli-table3";
import { color } from "./color.ts";

/** Columns without lines around them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const view = new Table({
    head: head.map((title) => color.dim(title)),
    chars: Object.fromEntries(borders.map((border) => [border, ""])),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  view.push(...rows.map((row) => [...row]));
  return view
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const borders = [
  "top",
  "top-mid",
  "top-left",
  "top-right",
  "bottom",
  "bottom-mid",
  "bottom-left",
  "bottom-right",
  "left",
  "left-mid",
  "mid",
  "mid-mid",
  "right",
  "right-mid",
  "middle",
];

/** `4.2 s`, `3 min 20 s`. */
export function secondsText(seconds: number | undefined): string {
  if (seconds === undefined) return "";
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** A value as it stands in a table: short. */
export function valueText(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
