import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { requiringLater } from "../../cli/src/requiring-later.ts";

/** What was loaded, in order, by a `require` that loads late. */
function loading() {
  const loaded: string[] = [];
  const require = createRequire(import.meta.filename);
  const noting = Object.assign((name: string) => {
    loaded.push(name);
    return require(name);
  }, require);
  return { require: requiringLater(noting as NodeJS.Require), loaded };
}

test("a module that few commands use is loaded when something of it is asked for, once", () => {
  const { require, loaded } = loading();
  const crypto: typeof import("node:crypto") = require("node:crypto");
  assert.deepEqual(loaded, []);
  assert.equal(crypto.hash("md5", ""), "d41d8cd98f00b204e9800998ecf8427e");
  assert.equal(crypto.hash, createRequire(import.meta.filename)("node:crypto").hash);
  assert.deepEqual(loaded, ["node:crypto"]);
});

test("what asks which names a late module has is told all of them", () => {
  const { require } = loading();
  const zlib = require("node:zlib");
  const real = createRequire(import.meta.filename)("node:zlib");
  assert.deepEqual(Object.keys(zlib), Object.keys(real));
  assert.deepEqual({ ...zlib }, { ...real });
  assert.ok("gzipSync" in zlib && !("nothing" in zlib));
});

test("every other module is loaded at once, and what stands at `require` stays there", () => {
  const { require, loaded } = loading();
  require("node:path");
  assert.deepEqual(loaded, ["node:path"]);
  assert.equal(require.resolve("node:fs"), "node:fs");
});
