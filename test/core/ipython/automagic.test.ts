import assert from "node:assert/strict";
import { test } from "node:test";

import { translateCell } from "../../../core/src/ipython/translate.ts";
import { wordsOf } from "../../../core/src/ipython/words.ts";

/** What the last cell becomes, in a notebook of these cells. */
function last(...sources: readonly string[]): string {
  return translateCell(sources.at(-1) ?? "", sources.length - 1, wordsOf(sources)).python;
}

test("a word that no cell binds is a magic where it is alone in its cell", () => {
  assert.equal(last("x = 1", "ls"), "get_ipython().run_line_magic('ls', '')");
  assert.equal(last("ls -la  data"), "get_ipython().run_line_magic('ls', '-la  data')");
  assert.equal(last("matplotlib inline"), "get_ipython().run_line_magic('matplotlib', 'inline')");
});

test("a word that a cell binds is Python", () => {
  for (const binding of [
    "ls = [1]",
    "for ls in rows: pass",
    "import ls",
    "a, ls = 1, 2",
    "def ls(): pass",
    "ls: list = []",
  ])
    assert.equal(last(binding, "ls"), "ls");
  assert.equal(last("import time", "time"), "time");
});

test("what a star import or run code may bind is Python, except for commands of the shell", () => {
  assert.equal(last("from names import *", "history"), "history");
  assert.equal(last("%run other.py", "history"), "history");
  assert.equal(last("from names import *", "pwd"), "get_ipython().run_line_magic('pwd', '')");
});

test("an assignment, a call, an item and an attribute of a word are Python", () => {
  for (const line of ["ls = 3", "ls(1)", "ls[0]", "ls.x"]) assert.equal(last(line), line);
});

test("a word in a cell of several lines is Python", () => {
  assert.equal(last("ls\nx = 1"), "ls\nx = 1");
});

test("long lines of words are read in one pass", () => {
  const words = "for ".repeat(200_000);
  assert.equal(last(words, "ls"), "get_ipython().run_line_magic('ls', '')");
});

test("a method of a name that holds IPython's shell is the magic that it runs", () => {
  const call = "ipython.magic('time x = f()')";
  assert.equal(last("ipython = get_ipython()", call), "x = f()");
  assert.equal(last("ipython = get_ipython()", "ipython = Runner()", call), call);
  assert.equal(last("ipython = get_ipython()", "for ipython in runners: pass", call), call);
  assert.equal(last(call), call);
});
