import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { callCli } from "../../../extension/src/cli/call-cli.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "reprise-call-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A program that stands in for the command line: what is tested is the calling. */
function program(script: string): string {
  const file = join(home, "reprise");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

function call(cli: string, signal = new AbortController().signal) {
  const lines: string[] = [];
  const work = callCli({
    cli,
    args: ["convert", "a b.ipynb"],
    directory: home,
    signal,
    onLine: (line) => lines.push(line),
  });
  return { work, lines };
}

const posix = { skip: process.platform === "win32" ? "stand-in programs are shell scripts" : false };

test("the answer comes back, and each line of progress on its way", posix, async () => {
  const { work, lines } = call(
    program(
      `echo "Analysing" >&2; printf "Wri" >&2; printf "ting\\n" >&2; echo '{"outcome": "converted", "said": "'"$2 $3"'"}'`,
    ),
  );
  assert.deepEqual(await work, { outcome: "converted", said: "a b.ipynb --json" });
  assert.deepEqual(lines, ["Analysing", "Writing"]);
});

test("a program that does not answer is named, with what it said", posix, async () => {
  const { work } = call(program('echo "Traceback" >&2; exit 7'));
  await assert.rejects(work, /reprise ended with 7 and without an answer: Traceback/);
});

test("cancelling ends everything that was started", posix, async () => {
  const child = join(home, "child.pid");
  const stop = new AbortController();
  const { work } = call(program(`sleep 300 & echo $! > ${child}.draft; mv ${child}.draft ${child}; wait`), stop.signal);
  const rejected = assert.rejects(work, { name: "AbortError" });
  while (!existsSync(child)) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  await rejected;
  const pid = Number(readFileSync(child, "utf8"));
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that ended and that nobody waited for is still listed.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

test("after a cancellation the command line has time to stop what it started", posix, async () => {
  const [ready, tidied] = [join(home, "ready"), join(home, "tidied")];
  const stop = new AbortController();
  const { work } = call(
    program(`trap 'sleep 4; touch ${tidied}; exit 130' TERM; touch ${ready}; while :; do sleep 0.1; done`),
    stop.signal,
  );
  const rejected = assert.rejects(work, { name: "AbortError" });
  while (!existsSync(ready)) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  await rejected;
  assert.ok(existsSync(tidied));
});
