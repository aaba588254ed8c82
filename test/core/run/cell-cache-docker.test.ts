import assert from "node:assert/strict";
import { chownSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { dockerEngine } from "../../../core/src/engine/docker-engine.ts";
import { lockEnvironment } from "../../../core/src/environment/lock/lock.ts";
import { CellStore } from "../../../core/src/run/cells/cell-store.ts";
import { requireDocker } from "../../support/docker.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { cachedRun } from "./cached-run.ts";

test("a run in a container takes cells of an earlier one, and keeps them in the folder that it was given", async (context) => {
  if ((await requireDocker(context)) === undefined) return;
  const [directory, folder] = [temporaryFolder(context), temporaryFolder(context)];
  if (process.getuid?.() === 0) for (const each of [directory, folder]) chownSync(each, 1234, 1234);
  const environment = await lockEnvironment({ requirements: [], python: "3.11", extra: ["ipykernel"] });
  const engine = await dockerEngine({ environment, folders: [{ path: directory }, { path: folder }] });
  context.after(() => engine.close());
  const store = new CellStore(folder);
  const cells = [
    "from collections import Counter",
    "rows = [1, 2, 2]\nlen(rows)",
    "counts = Counter(rows)\nprint(counts)",
  ];
  const run = (given: readonly string[]) => cachedRun(engine, { cells: given, directory, store });
  const first = await run(cells);
  assert.equal(first.status, "succeeded", first.failure);
  assert.ok(readdirSync(folder).length > 0, JSON.stringify([...first.why]));
  const second = await run(cells);
  assert.deepEqual(second.taken, [0, 1, 2], JSON.stringify([...second.why]));
  assert.deepEqual(second.shown, first.shown);
  const changed = await run(cells.with(1, "rows = [1, 2, 2, 3]\nlen(rows)"));
  assert.deepEqual(changed.taken, [0]);
});
