import assert from "node:assert/strict";
import { test } from "node:test";
import { mountsFor, pathInContainer } from "../../../core/src/engine/docker/mounts.ts";

test("a working folder is mounted unless a folder that was handed over holds it", () => {
  const data = { path: "/home/a/data", readOnly: true };
  const targets = (directory: string) =>
    mountsFor([data], directory).map(({ target, readOnly }) => `${target}${readOnly ? " (read only)" : ""}`);
  const agent = "/opt/reprise/agent (read only)";
  assert.deepEqual(targets("/home/a/data"), ["/home/a/data (read only)", agent]);
  assert.deepEqual(targets("/home/a/data/..raw"), ["/home/a/data (read only)", agent]);
  assert.deepEqual(targets("/home/a/database"), ["/home/a/data (read only)", "/home/a/database", agent]);
  assert.deepEqual(targets("/home/a"), ["/home/a/data (read only)", "/home/a", agent]);
});

test("a path is the same inside, but for one of Windows, which a container has no drives for", () => {
  assert.equal(pathInContainer("/home/a/C:/x"), "/home/a/C:/x");
  assert.equal(pathInContainer("C:\\Users\\Ann Lee\\data"), "/c/Users/Ann Lee/data");
  assert.equal(pathInContainer("d:/"), "/d/");
});
