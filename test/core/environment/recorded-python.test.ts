import assert from "node:assert/strict";
import { test } from "node:test";
import { isSupported, recordedPython } from "../../../core/src/environment/python/recorded-python.ts";

test("a notebook's Python is told by its minor version", () => {
  const told = ["3.11.7", "3.6", "3.14.0rc1", "2.7.18", "", undefined].map(recordedPython);
  assert.deepEqual(told, ["3.11", "3.6", "3.14", undefined, undefined, undefined]);
});

test("projects are made for Python 3.8 and what came after it", () => {
  assert.deepEqual(["3.5", "3.7", "3.8", "3.9", "3.10", "3.20"].filter(isSupported), ["3.8", "3.9", "3.10", "3.20"]);
});
