import assert from "node:assert/strict";
import { test } from "node:test";
import { EffectCatalog, lookup } from "../../../core/src/effects/catalog.ts";
import { ExpandedTable } from "../../../core/src/effects/table.ts";
import { tables } from "../../../core/src/effects/tables.ts";
import { versionInRange } from "../../../core/src/effects/version-range.ts";

test("a method is looked up in the bases of its type", () => {
  const effect = lookup("sklearn.linear_model.LogisticRegression.fit");
  assert.equal(effect?.role, "fit");
  assert.deepEqual(effect?.changes[0]?.argument, "self");
});

test("a class makes an instance of itself, whatever row says how", () => {
  assert.deepEqual(lookup("sklearn.preprocessing.StandardScaler")?.returns, {
    kind: "new",
    type: "sklearn.preprocessing.StandardScaler",
    holds: ["*"],
  });
});

test("an effect depends on the version where it is known, and is the worse one where it is not", () => {
  const views = (version?: string) => lookup("pandas.Series.fillna", version)?.changes[0]?.keepsViews ?? false;
  assert.equal(views("2.2.3"), false);
  assert.equal(views("3.0.1"), true);
  assert.equal(views(), false);
});

test("what no table lists is not known", () => {
  assert.equal(lookup("frobnicate.all"), undefined);
  assert.equal(lookup("pandas.frobnicate"), undefined);
});

test("other names of a thing lead to the same row", () => {
  assert.equal(new EffectCatalog().canonical("numpy.random.mtrand.seed"), "numpy.random.seed");
  assert.equal(new EffectCatalog().canonical("fbprophet.Prophet.fit"), "prophet.Prophet.fit");
  assert.equal(
    new EffectCatalog().canonical("sklearn.cross_validation.train_test_split"),
    "sklearn.model_selection.train_test_split",
  );
});

test("what pylab gathers is known by where it comes from", () => {
  const canonical = (name: string) => new EffectCatalog().canonical(name);
  assert.equal(canonical("pylab.plt.style.use"), "matplotlib.pyplot.style.use");
  assert.equal(canonical("pylab.mpl.rcParams"), "matplotlib.rcParams");
  assert.equal(canonical("matplotlib.pylab.linspace"), "numpy.linspace");
  assert.equal(canonical("pylab.plot"), "matplotlib.pyplot.plot");
  assert.equal(canonical("pylab.drange"), "matplotlib.pyplot.drange");
  assert.equal(canonical("pylab"), "matplotlib.pyplot");
});

test("every row of every table has a name, and the types that it returns are known where their library is", () => {
  const catalog = new EffectCatalog();
  const unknown = new Set<string>();
  for (const table of Object.values(tables)) {
    const expanded = new ExpandedTable(table);
    const names = expanded.names();
    assert.ok(names.length > 0 || expanded.aliases.size > 0, table.library);
    for (const name of names) {
      assert.ok(name.startsWith(`${table.library}`), `${name} in ${table.library}`);
      for (const { effect } of expanded.effects(name)) {
        const { returns } = effect;
        if (returns.kind !== "new" || returns.type === undefined || returns.type.startsWith("=")) continue;
        if (catalog.type(returns.type) === undefined) unknown.add(returns.type);
      }
    }
  }
  assert.deepEqual([...unknown].sort(), []);
});

test("version ranges compare releases as numbers", () => {
  assert.ok(versionInRange("2.10", ">=2.9,<3"));
  assert.ok(!versionInRange("3.0.0", "<3"));
  assert.ok(versionInRange("3", "==3.0.0"));
  assert.throws(() => versionInRange("1", "about 3"), RangeError);
});
