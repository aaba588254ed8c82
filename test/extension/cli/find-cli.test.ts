import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { findCli } from "../../../extension/src/cli/find-cli.ts";

const program = process.platform === "win32" ? "reprise.cmd" : "reprise";
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "reprise-find-"));
});
afterEach(() => rmSync(home, { recursive: true }));

function put(...parts: string[]): string {
  const folder = join(home, ...parts);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, program), "");
  return join(folder, program);
}

test("the setting comes before everything else", () => {
  const wanted = put("own");
  put("workspace", "node_modules", ".bin");
  const folders = [join(home, "workspace")];
  assert.equal(findCli({ setting: wanted, folders, path: "" }), wanted);
  assert.equal(findCli({ setting: join("..", "own", program), folders, path: "" }), wanted);
});

test("a setting that names nothing is not replaced by another program in silence", () => {
  put("workspace", "node_modules", ".bin");
  const folders = [join(home, "workspace")];
  assert.equal(findCli({ setting: join(home, "gone"), folders, path: "" }), undefined);
});

test("node_modules of the folder or of one above it come before the PATH", () => {
  const onPath = put("bin");
  const folders = [join(home, "workspace", "notebooks", "deep")];
  assert.equal(findCli({ setting: "", folders, path: join(home, "bin") }), onPath);
  const near = put("workspace", "node_modules", ".bin");
  assert.equal(findCli({ setting: "", folders, path: join(home, "bin") }), near);
});

test("relative and empty entries of the PATH name no program", () => {
  put("bin");
  const path = ["", ".", "bin"].join(delimiter);
  assert.equal(findCli({ setting: "", folders: [], path }), undefined);
});
