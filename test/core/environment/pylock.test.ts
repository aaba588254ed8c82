import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { environmentFromLock } from "../../../core/src/environment/lock/lock.ts";
import {
  localWheels,
  lockHashOf,
  withLocalWheelsFrom,
  withLocalWheelsIn,
} from "../../../core/src/environment/lock/pylock.ts";

const lock = (torch: string) => `lock-version = "1.0"
requires-python = ">=3.11"

[[packages]]
name = "torch"
version = "2.0.0+cpu"
wheels = [{ ${torch}, hashes = { sha256 = "00" } }]

[[packages]]
name = "numpy"
version = "2.0.0"
wheels = [{ url = "https://files.example/numpy-2.0.0-py3-none-any.whl", hashes = { sha256 = "11" } }]
`;

test("a lock and the files that it names can be moved together", () => {
  const here = lock('url = "file:///opt/my%20wheels/torch-2.0.0%2Bcpu-py3-none-any.whl"');
  const carried = withLocalWheelsIn(here, "wheels");
  assert.equal(carried, lock('path = "wheels/torch-2.0.0+cpu-py3-none-any.whl"'));
  const folder = resolve("elsewhere");
  const [local, ...others] = localWheels(withLocalWheelsFrom(carried, folder));
  assert.equal(local?.path, join(folder, "wheels", "torch-2.0.0+cpu-py3-none-any.whl"));
  assert.deepEqual(others, []);
});

test("a lock that is read from a project takes the files beside it, and is the same lock wherever it lies", () => {
  const text = lock('path = "wheels/torch-2.0.0+cpu-py3-none-any.whl"');
  const one = environmentFromLock(text, "3.11", join(resolve("one"), "pylock.toml"));
  const other = environmentFromLock(text, "3.11", join(resolve("other"), "pylock.toml"));
  assert.match(one.lock, /url = "file:\/\/\/.*\/one\/wheels\/torch/);
  assert.match(other.lock, /url = "file:\/\/\/.*\/other\/wheels\/torch/);
  assert.deepEqual([one.lockHash, other.lockHash], [lockHashOf(text), lockHashOf(text)]);
});
