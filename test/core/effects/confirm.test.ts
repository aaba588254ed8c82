import assert from "node:assert/strict";
import { test } from "node:test";
import { EffectCatalog } from "../../../core/src/effects/catalog.ts";
import { judgeAll } from "../../../scripts/effects/confirm.ts";
import { derive } from "../../../scripts/effects/derive.ts";
import { judge } from "../../../scripts/effects/judge.ts";
import { type InstalledLibrary, samplesOf } from "../../../scripts/effects/library.ts";
import type { Observation, Probe } from "../../../scripts/effects/observation.ts";
import { observe } from "../../../scripts/effects/observe.ts";
import { requirePython } from "../../support/python.ts";

/** A few functions of each library that the machine-learning environment has, one for every kind of claim. */
const some: Readonly<Record<string, { readonly version: string; readonly names: readonly string[] }>> = {
  builtins: {
    version: "3.11",
    names: ["builtins.sorted", "builtins.dict.get", "builtins.list.append", "builtins.next"],
  },
  pandas: {
    version: "3.1.1",
    names: [
      "pandas.DataFrame.drop",
      "pandas.Series.fillna",
      "pandas.DataFrame.groupby",
      "pandas.DataFrame.sample",
      "pandas.DataFrame.to_csv",
      "pandas.set_option",
      "pandas.DataFrame.hist",
    ],
  },
  numpy: {
    version: "2.4.6",
    names: ["numpy.random.shuffle", "numpy.ravel", "numpy.copyto", "numpy.random.default_rng"],
  },
  // A forecast notes in the model for which dates it was asked.
  statsmodels: { version: "0.15.0", names: ["statsmodels.Results.get_forecast"] },
};

for (const [library, { version, names }] of Object.entries(some)) {
  test(`what the table says of ${library} is what ${library} ${version} does`, async (context) => {
    const python = await requirePython(context, "ml");
    if (python === undefined) return;
    const one = installed(library, version, python);
    const { confirmed, contradicted, notExercised } = judgeAll(one, await observe(one, { only: names }));
    assert.deepEqual(contradicted, {});
    assert.deepEqual(notExercised, {});
    assert.deepEqual([...confirmed].sort(), [...names].sort());
  });
}

test("a wrong entry is contradicted, and what was seen mends it", async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const one = installed("pandas", "3.1.1", python);
  const seen = await observe(one, { only: ["pandas.DataFrame.insert", "pandas.DataFrame.head"] });
  const insert = seen.find(({ name }) => name.endsWith("insert")) as Observation;
  // `head` gives a table and changes nothing: as an entry for `insert`, that is wrong.
  const asHead = { ...insert, name: "pandas.DataFrame.head" };
  const judgement = judge(one.catalog, asHead);
  assert.equal(judgement.outcome, "contradicted");
  assert.deepEqual(
    [...new Set("contradictions" in judgement ? judgement.contradictions.map(({ text }) => text) : [])],
    ["changes self"],
  );
  assert.deepEqual(derive(one.catalog, asHead)?.changes, [{ argument: "self" }]);
});

test("what is told of as a note and is heeded is contradicted", () => {
  const heeding = {
    ...unlisted([{ ...probe("f(x)"), heeds: ["0"], result: { types: ["builtins.int"], mutable: false } }]),
    name: "builtins.len",
  };
  const judgement = judge(new EffectCatalog(), heeding);
  assert.deepEqual("contradictions" in judgement ? judgement.contradictions.map(({ about }) => about) : [], ["notes"]);
});

test("of a function that no table lists nothing is said after one call, and what was seen after three", () => {
  const catalog = new EffectCatalog();
  const once = unlisted([probe("f(x)"), probe("f(y)")]);
  assert.equal(derive(catalog, once), undefined);
  assert.deepEqual(derive(catalog, unlisted([probe("f(x)"), probe("f(y)"), probe("f(z)")]))?.returns, {
    kind: "new",
    type: "numpy.ndarray",
  });
});

test("of a function with a flag that no call has given nothing is said", () => {
  const flagged = [["x", "POSITIONAL_OR_KEYWORD", false] as const, ["inplace", "KEYWORD_ONLY", true] as const];
  const seen = { ...unlisted([probe("f(x)"), probe("f(y)"), probe("f(z)")]), parameters: flagged };
  assert.equal(derive(new EffectCatalog(), seen), undefined);
});

test("what is seen of a sample that stands in two places of a call is no contradiction where other calls tell", () => {
  const added = (call: string, changed: string): Probe => ({
    ...probe(call),
    given: { self: "...", 0: "..." },
    types: { self: ["torch.Tensor"], 0: ["torch.Tensor"] },
    changed: [changed],
  });
  const judged = (...probes: readonly Probe[]) =>
    judge(new EffectCatalog(), { ...unlisted(probes), name: "torch.Tensor.add_" }).outcome;
  assert.equal(judged(added("x.add_(x)", "0"), added("x.add_(v)", "self")), "confirmed");
  assert.equal(judged(added("x.add_(x)", "0")), "contradicted");
  assert.equal(judged(added("x.add_(v)", "0"), added("x.add_(other=x)", "0")), "contradicted");
});

function installed(library: string, version: string, python: string): InstalledLibrary {
  const catalog = new EffectCatalog({ [library]: version });
  return { samples: samplesOf(library), environment: "ml", python, version, catalog };
}

function unlisted(probes: readonly Probe[]): Observation {
  const parameters = [["x", "POSITIONAL_OR_KEYWORD", false] as const];
  return { name: "nobody.f", kind: "function", parameters, written: false, probes };
}

function probe(call: string): Probe {
  const none: readonly string[] = [];
  return {
    call,
    given: { 0: "..." },
    types: { 0: ["numpy.ndarray"] },
    changed: none,
    deep: none,
    viewed: none,
    views: none,
    opaque: none,
    again: none,
    same: none,
    element: none,
    holds: none,
    shares: none,
    keeps: [],
    state: none,
    outside: none,
    files: [],
    called: none,
    uncalled: none,
    result: { types: ["numpy.ndarray"], mutable: true },
    varies: false,
    heeds: none,
  };
}
