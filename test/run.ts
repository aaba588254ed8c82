/** Runs the tests: all of them, or those below the given parts of `test/` (`npm test -- core/dataflow cli`). */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

const folder = import.meta.dirname;
const parts = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
const all = globSync("**/*.test.ts", { cwd: folder }).map((file) => file.replaceAll("\\", "/"));
const files = parts.length === 0 ? all : all.filter((file) => parts.some((part) => file.startsWith(part)));
if (files.length === 0) {
  console.error(
    `No tests below ${parts.join(", ")}. There are: ${[...new Set(all.map((file) => file.split("/", 2).join("/")))].join(", ")}`,
  );
  process.exit(2);
}
const result = spawnSync(
  process.execPath,
  [
    "--disable-warning=ExperimentalWarning",
    "--test",
    `--test-concurrency=${Math.max(2, availableParallelism())}`,
    ...flags,
    ...files.sort().map((file) => join(folder, file)),
  ],
  { stdio: "inherit" },
);
process.exit(result.status ?? 1);
