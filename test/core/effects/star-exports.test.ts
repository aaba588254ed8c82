import assert from "node:assert/strict";
import { test } from "node:test";
import { pylabNames, starNames } from "../../../core/src/effects/star-exports.ts";

test("a star import binds what the module exports, each name with an import of its own", () => {
  assert.deepEqual(starNames("math")?.get("hypot"), { qualified: "math.hypot", text: "from math import hypot" });
  assert.equal(starNames("math")?.has("linspace"), false);
  assert.equal(starNames("of_mine"), undefined);
});

test("numpy hides more of Python's builtins since version 2", () => {
  assert.equal(starNames("numpy", { numpy: "1.26.4" })?.has("max"), false);
  assert.equal(starNames("numpy", { numpy: "2.1.0" })?.has("max"), true);
  assert.equal(starNames("numpy", { numpy: "1.26.4" })?.has("sum"), true);
});

test("%pylab binds modules by their usual names, and functions of numpy and pyplot by where they come from", () => {
  const names = pylabNames("inline");
  assert.equal(names.get("plt")?.text, "import matplotlib.pyplot as plt");
  assert.equal(names.get("plot")?.qualified, "matplotlib.pyplot.plot");
  assert.equal(names.get("linspace")?.qualified, "numpy.linspace");
  assert.equal(pylabNames("inline --no-import-all").has("linspace"), false);
  assert.equal(pylabNames("inline --no-import-all").has("np"), true);
});
