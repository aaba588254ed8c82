import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname } from "node:path";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";
import { requiringLater } from "./requiring-later.ts";

/** Another notebook calls other functions: code as old as this is kept anew, with what was called besides. */
const renewedAfterMilliseconds = 60 * 60 * 1000;

/** What stands around a program in its file: a function of what a file of CommonJS finds around it. */
export const beforeProgram = "(function (exports, require, module, __filename, __dirname) {";
export const afterProgram = "\n})";

/**
 * Runs a program with the code that V8 made of it in an earlier process, and gives what it exports. To compile
 * all that a short command calls takes a fifth of its time. What Node keeps of a file itself it keeps before a function
 * of it was called, and so either none or all of them; here those are kept that were called, when the process ends.
 *
 * `kept` is the file for the code, in a folder of the user's own, because code must not come from one that others can
 * write. What stands there of another program or of another V8 is written over. The program's text is ASCII, and its
 * name changes with it. It is read as it is run: V8 would make a copy of megabytes to put anything around it.
 */
export function runCompiled(file: string, kept: string | undefined): unknown {
  const text = readFileSync(file, "latin1");
  const found = kept === undefined ? undefined : keptCode(kept, file);
  const script = new Script(text, {
    filename: file,
    ...(found === undefined ? {} : { cachedData: found.code }),
  });
  const module = { exports: {} };
  const run: (...given: readonly unknown[]) => void = script.runInThisContext();
  run(module.exports, requiringLater(createRequire(file)), module, file, dirname(file));
  const isRenewed = found === undefined || script.cachedDataRejected === true || found.isOld;
  // A wrong call (2) shows nothing of what a command needs.
  if (kept !== undefined && isRenewed) process.once("exit", (exit) => exit !== 2 && keepCode(script, kept, file));
  return module.exports;
}

/**
 * Before the code: the program that it is of, and a checksum. V8 takes what it is given, also what was damaged since.
 * Not a hash of node:crypto, which takes 5 ms to load and to make it. Node has no crc32 before 22.2, and nothing is kept then.
 */
function head(file: string, code: Uint8Array): Buffer {
  return Buffer.from(`${basename(file)} ${crc32(code)}\n`);
}

function keptCode(kept: string, file: string): { readonly code: Uint8Array; readonly isOld: boolean } | undefined {
  try {
    const bytes = readFileSync(kept);
    const code = bytes.subarray(bytes.indexOf("\n") + 1);
    if (!head(file, code).equals(bytes.subarray(0, bytes.length - code.length))) return undefined;
    return { code, isOld: statSync(kept).mtimeMs < Date.now() - renewedAfterMilliseconds };
  } catch {
    return undefined;
  }
}

function keepCode(script: Script, kept: string, file: string): void {
  const draft = `${kept}.${process.pid}.part`;
  try {
    const code = script.createCachedData();
    writeFileSync(draft, Buffer.concat([head(file, code), code]), { mode: 0o600 });
    renameSync(draft, kept);
  } catch {
    // Without it the next start is slower, and nothing else.
    rmSync(draft, { force: true });
  }
}
