import type { CheckedColumn, CheckedTable } from "./data-checks.ts";

const quote = (text: string) => JSON.stringify(text);

/** What kind of values a dtype of pandas holds, as `checks.py` tells them apart. */
const kinds: readonly (readonly [dtype: RegExp, kind: string])[] = [
  [/^bool/i, "truth value"],
  [/^(u?int|float|complex)/i, "number"],
  [/^(datetime|date)/i, "date"],
  [/^timedelta/i, "duration"],
  [/^(str|string|category|object)/i, "text"],
];

/** Dtypes that pandera is asked for by name; it has no one name for texts. */
const namedDtype = /^(u?int\d+|float\d+|bool)$/;

/** What the templates of `checks.py` and of its test are filled in with. */
export function checksView(tables: readonly CheckedTable[], packageName: string): object {
  return {
    package: packageName,
    isObserved: tables.some(({ rows }) => rows !== undefined),
    tables: tables.map(({ key, columns }) => ({
      key: quote(key),
      plain: columns.map((column) => `${quote(column.name)}: ${plainColumn(column)}`),
      pandera: columns.map((column) => `${quote(column.name)}: ${panderaColumn(column)}`),
    })),
  };
}

function plainColumn({ dtype, missing, low, high, values }: CheckedColumn): string {
  const kind = kindOf(dtype);
  return `Column(${[
    ...(kind === undefined ? [] : [quote(kind)]),
    ...(missing === 0 ? ["complete=True"] : []),
    ...(low === undefined || high === undefined ? [] : [`low=${low}`, `high=${high}`]),
    ...(values === undefined ? [] : [`values=(${values.map((value) => `${quote(value)}, `).join("")})`]),
  ].join(", ")})`;
}

function panderaColumn({ dtype, missing, low, high, values }: CheckedColumn): string {
  const range =
    low === undefined || high === undefined ? [] : [`pa.Check.in_range(${low}, ${high}, raise_warning=True)`];
  const known = values === undefined ? [] : [`pa.Check.isin([${values.map(quote).join(", ")}], raise_warning=True)`];
  return `pa.Column(${[
    ...(dtype !== undefined && namedDtype.test(dtype) ? [quote(dtype)] : []),
    ...[...range, ...known].map((check) => `checks=${check}`),
    `nullable=${missing === 0 ? "False" : "True"}`,
  ].join(", ")})`;
}

/** Nothing for a column without a value: it is of a dtype by chance. */
function kindOf(dtype: string | undefined): string | undefined {
  return dtype === undefined ? undefined : kinds.find(([pattern]) => pattern.test(dtype))?.[1];
}
