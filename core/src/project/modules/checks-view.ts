import { pythonText } from "../python-text.ts";
import type { CheckedColumn, CheckedTable } from "./data-checks.ts";

/** What kind of values a dtype of pandas holds, as `checks.py` tells them apart. */
const kinds: readonly (readonly [dtype: RegExp, kind: string])[] = [
  [/^bool/i, "truth value"],
  [/^(u?int|float|complex)/i, "number"],
  [/^(datetime|date)/i, "date"],
  [/^timedelta/i, "duration"],
  [/^(str|string|category|object)/i, "text"],
];

/** How pandera is asked for each kind: a check of the template, in which `held` is the column. */
const kindChecks: Readonly<Record<string, { readonly name: string; readonly test: string; readonly error: string }>> = {
  "truth value": { name: "TRUTH_VALUES", test: "types.is_bool_dtype(held)", error: "not truth values" },
  number: {
    name: "NUMBERS",
    test: "types.is_numeric_dtype(held) and not types.is_bool_dtype(held)",
    error: "not numbers",
  },
  date: { name: "DATES", test: "types.is_datetime64_any_dtype(held)", error: "not dates" },
  duration: { name: "DURATIONS", test: "types.is_timedelta64_dtype(held)", error: "not durations" },
  text: {
    name: "TEXTS",
    test: "types.is_object_dtype(held) or types.is_string_dtype(held) or isinstance(held.dtype, pd.CategoricalDtype)",
    error: "not texts",
  },
};

/** What the templates of `checks.py` and of its test are filled in with. */
export function checksView(tables: readonly CheckedTable[], packageName: string): object {
  return {
    package: packageName,
    kindChecks: [...new Set(tables.flatMap(({ columns }) => columns.flatMap(({ dtype }) => checkOfKind(dtype) ?? [])))],
    isObserved: tables.some(({ rows }) => rows !== undefined),
    tables: tables.map(({ key, columns }) => ({
      key: pythonText(key),
      plain: columns.map((column) => `${pythonText(column.name)}: ${plainColumn(column)}`),
      pandera: columns.map((column) => `${pythonText(column.name)}: ${panderaColumn(column)}`),
    })),
  };
}

function plainColumn({ dtype, missing, low, high, values }: CheckedColumn): string {
  const kind = kindOf(dtype);
  return `Column(${[
    ...(kind === undefined ? [] : [pythonText(kind)]),
    ...(missing === 0 ? ["complete=True"] : []),
    ...(low === undefined || high === undefined ? [] : [`low=${low}`, `high=${high}`]),
    ...(values === undefined ? [] : [`values=(${values.map((value) => `${pythonText(value)}, `).join("")})`]),
  ].join(", ")})`;
}

function panderaColumn({ dtype, missing, low, high, values }: CheckedColumn): string {
  const checks = [
    ...[checkOfKind(dtype)].flatMap((check) => check?.name ?? []),
    ...(low === undefined || high === undefined ? [] : [`pa.Check.in_range(${low}, ${high}, raise_warning=True)`]),
    ...(values === undefined ? [] : [`pa.Check.isin([${values.map(pythonText).join(", ")}], raise_warning=True)`]),
  ];
  return `pa.Column(${[
    ...(checks.length === 0 ? [] : [`checks=${checks.length === 1 ? checks[0] : `[${checks.join(", ")}]`}`]),
    `nullable=${missing === 0 ? "False" : "True"}`,
  ].join(", ")})`;
}

/** Nothing for a column without a value: it is of a dtype by chance. */
function kindOf(dtype: string | undefined): string | undefined {
  return dtype === undefined ? undefined : kinds.find(([pattern]) => pattern.test(dtype))?.[1];
}

function checkOfKind(dtype: string | undefined) {
  const kind = kindOf(dtype);
  return kind === undefined ? undefined : kindChecks[kind];
}
