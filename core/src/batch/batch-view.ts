import { shortNumber } from "../text/short-number.ts";
import type { BatchRow } from "./batch-row.ts";

/** One plot of the summary page: a metric against a parameter, a point a run. Pixels, from the top left. */
export interface Plot {
  readonly parameter: string;
  readonly metric: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly label: string }[];
  readonly xTicks: readonly { readonly at: number; readonly text: string }[];
  readonly yTicks: readonly { readonly at: number; readonly text: string }[];
}

export const plotSize = { width: 320, height: 200, left: 56, right: 12, top: 10, bottom: 28 } as const;

/** More plots than this are not read by anybody. */
const most = 24;

/** Each metric that varies against each parameter that does. */
export function plotsOf(rows: readonly BatchRow[]): Plot[] {
  const done = rows.filter(({ status }) => status === "succeeded");
  const metrics = varying(done.map((row) => row.metrics));
  const parameters = varying(done.map((row) => row.parameters));
  return metrics
    .flatMap((metric) => parameters.map((parameter) => plot(done, parameter, metric)))
    .filter(({ points }) => points.length > 1)
    .slice(0, most);
}

/** The names that have more than one value. */
function varying(objects: readonly Readonly<Record<string, unknown>>[]): string[] {
  const names = [...new Set(objects.flatMap((each) => Object.keys(each)))];
  return names.filter((name) => new Set(objects.map((each) => JSON.stringify(each[name]))).size > 1);
}

function plot(rows: readonly BatchRow[], parameter: string, metric: string): Plot {
  const known = rows.flatMap((row) => {
    const value = row.metrics[metric];
    return value === undefined || !Number.isFinite(value) ? [] : [{ of: row.parameters[parameter], value, row }];
  });
  const { bottom, height, left, right, top, width } = plotSize;
  const across = scaleOf(
    known.map(({ of }) => of),
    left,
    width - right,
  );
  const up = numberScale(
    known.map(({ value }) => value),
    height - bottom,
    top,
  );
  return {
    parameter,
    metric,
    points: known.map(({ of, value, row }) => ({
      x: across.at(of),
      y: up.at(value),
      label: `run ${row.index}: ${parameter} = ${textOf(of)}, ${metric} = ${shortNumber(value, 4)}`,
    })),
    xTicks: across.ticks,
    yTicks: up.ticks,
  };
}

interface Scale {
  at(value: unknown): number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** Numbers by their size (by their logarithm where they span more than two decades), everything else side by side. */
function scaleOf(values: readonly unknown[], from: number, to: number): Scale {
  if (values.every((value) => typeof value === "number" && Number.isFinite(value))) {
    return numberScale(values as number[], from, to);
  }
  const texts = [...new Set(values.map(textOf))];
  const place = (index: number) => round(from + ((index + 0.5) / texts.length) * (to - from));
  return {
    at: (value) => place(texts.indexOf(textOf(value))),
    ticks: texts.map((text, index) => ({ at: place(index), text: text.length > 12 ? `${text.slice(0, 11)}…` : text })),
  };
}

function numberScale(values: readonly number[], from: number, to: number): Scale {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((greatest, value) => Math.max(greatest, value), Number.NEGATIVE_INFINITY);
  const isLog = low > 0 && high / low > 100;
  const measure = isLog ? Math.log : (value: number) => value;
  const span = measure(high) - measure(low) || 1;
  const at = (value: unknown) => round(from + ((measure(value as number) - measure(low)) / span) * (to - from));
  const middle = isLog ? Math.sqrt(low * high) : (low + high) / 2;
  const shown = low === high ? [low] : [low, middle, high];
  return { at, ticks: shown.map((value) => ({ at: at(value), text: shortNumber(value, 4) })) };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** A value as the page shows it. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return shortNumber(value, 4);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
