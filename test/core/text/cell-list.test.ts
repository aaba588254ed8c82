import assert from "node:assert/strict";
import { test } from "node:test";
import { cellList } from "../../../core/src/text/cell-list.ts";

test("cells are listed in order, each once, three and more in a row as a range", () => {
  assert.equal(cellList([7, 2, 1, 3, 2]), "cells 1 to 3 and 7");
  assert.equal(cellList([4, 5, 9]), "cells 4, 5 and 9");
  assert.equal(cellList([4]), "cell 4");
  assert.equal(cellList([]), "");
});
