/** A value comes back from its file as it went, whatever it is: by the comparison that proofs use, exactly. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { agentFolder } from "../../../core/src/host/assets.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { render } from "../../../core/src/project/render.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";
import { fixtures, formatter, templates } from "./fixtures.ts";

/** How many values are built, and which; another seed makes others. */
const count = Number(process.env.REPRISE_VALUES ?? 200);
const seed = Number(process.env.REPRISE_SEED ?? 5);

const numeric = ["int8", "int32", "int64", "uint8", "uint64", "float32", "float64", "bool", "complex128"];
const dtypes = [
  ...numeric,
  ...["text", "object", "mixed", "lists", "category", "ordered", "datetime", "datetime_seconds", "zoned", "timedelta"],
  ...["period", "interval", "Int64", "Float64", "boolean", "string"],
];
const indexes = ["range", "integers", "floats", "texts", "double", "days", "months", "dates", "categories", "levels"];

const seeds = fc.nat(1_000_000);
const rows = fc.constantFrom(0, 1, 3, 7);
const indexName = fc.constantFrom(null, "row", 3);
const label = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom("a", "a b", "", 1.5, true),
);
const shape = fc.array(fc.constantFrom(0, 1, 2, 5), { minLength: 1, maxLength: 3 });

const frame = fc
  .array(fc.record({ dtype: fc.constantFrom(...dtypes), missing: fc.boolean() }), { maxLength: 4 })
  .chain((columns) =>
    fc.record({
      kind: fc.constant("frame"),
      seed: seeds,
      rows,
      columns: fc.constant(columns),
      labels: fc.option(fc.array(label, { minLength: columns.length, maxLength: columns.length })),
      columnsName: fc.constantFrom(null, "field"),
      index: fc.constantFrom(...indexes),
      name: indexName,
    }),
  );

const series = fc.record({
  kind: fc.constant("series"),
  seed: seeds,
  rows,
  dtype: fc.constantFrom(...dtypes),
  missing: fc.boolean(),
  index: fc.constantFrom(...indexes),
  name: indexName,
  label: fc.option(label),
});

const { value: plain } = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(null, true, false),
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.integer(),
    fc.record({
      is: fc.constant("float"),
      of: fc.oneof(fc.double(), fc.constantFrom(1)).map((each) => `${each}`.replace("Infinity", "inf")),
    }),
    fc.record({ is: fc.constant("int"), of: fc.bigInt().map(String) }),
    fc.record({ is: fc.constant("bytes"), of: fc.array(fc.nat(255), { maxLength: 5 }) }),
  ),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.record({ is: fc.constantFrom("tuple", "set"), of: fc.array(tie("value"), { maxLength: 3 }) }),
    fc.record({ is: fc.constant("dict"), items: fc.array(fc.tuple(tie("leaf"), tie("value")), { maxLength: 3 }) }),
  ),
}));

const tensorDtypes = fc.constantFrom("float32", "float64", "int64", "int8", "bool", "float16", "bfloat16");
const tensorLayouts = fc.constantFrom("plain", "turned", "learned");

const described = fc.oneof(
  { weight: 3, arbitrary: frame },
  { weight: 2, arbitrary: series },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("plain"), value: plain }) },
  fc.record({
    kind: fc.constant("array"),
    seed: seeds,
    dtype: fc.constantFrom(...numeric),
    shape: fc.oneof(shape, fc.constant([])),
    layout: fc.constantFrom("plain", "fortran", "slice"),
  }),
  fc.record({ kind: fc.constant("number"), seed: seeds, dtype: fc.constantFrom(...numeric) }),
  fc.record({
    kind: fc.constant("sparse"),
    seed: seeds,
    dtype: fc.constantFrom("float64", "float32", "int64", "bool"),
    shape: fc.tuple(fc.constantFrom(1, 4), fc.constantFrom(2, 6)),
    format: fc.constantFrom("csr", "csc", "coo", "bsr", "dia", "lil", "dok"),
    class: fc.constantFrom("matrix", "array"),
  }),
  fc.record({ kind: fc.constant("tensor"), seed: seeds, dtype: tensorDtypes, shape, layout: tensorLayouts }),
  fc.record({
    kind: fc.constant("tensors"),
    seed: seeds,
    dtype: tensorDtypes,
    shape,
    layout: tensorLayouts,
    names: fc.uniqueArray(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("state"), seed: seeds }),
);

interface Answer {
  readonly name: string;
  readonly verdict: string;
  readonly detail: string;
  readonly format: string;
}

test("whatever crosses stages comes back as it went", { timeout: 300_000 }, async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  const has = { parquet: true, npy: true, torch: true, joblib: true, sparse: true };
  const text = render(templates, "project/package/artifacts.py.hbs", { package: "saved", has, groups: true });
  mkdirSync(join(folder, "saved"));
  const made = await formatter.format(text, { firstParty: "saved", python: "3.11" });
  writeFileSync(join(folder, "saved", "artifacts.py"), made.text);
  for (const part of ["capture", "compare"]) {
    cpSync(join(agentFolder, part), join(folder, `reprise_${part}`), { recursive: true });
  }
  const values = fc.sample(described, { numRuns: count, seed });
  const asked = join(folder, "values.json");
  writeFileSync(asked, JSON.stringify(values));
  const { code, stdout, stderr } = await runProcess(
    python,
    ["-W", "ignore", join(fixtures, "build_values.py"), "saved", asked, join(folder, "kept")],
    { directory: folder, environment: { ...process.env, PYTHONPATH: folder } },
  );
  assert.equal(code, 0, stderr.slice(-3000));
  const answers = JSON.parse(stdout) as readonly Answer[];
  assert.equal(answers.length, values.length);
  const changed = answers.flatMap((answer, at) =>
    answer.verdict === "identical"
      ? []
      : [`${JSON.stringify(values[at])} as ${answer.format}: ${answer.verdict}, ${answer.detail}`],
  );
  assert.deepEqual(changed, []);
  const formats = new Set(answers.map(({ format }) => format));
  for (const format of ["parquet", "npy", "json", "npz", "safetensors", "torch", "pickle"]) {
    assert.ok(formats.has(format), `no value was saved as ${format}`);
  }
});
