import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";
import { temporaryFolder } from "./folder.ts";

/**
 * A disk of its own for one test, with these mount options, such as `size=64k` or `ro`; `undefined` where the test is
 * skipped, because a disk cannot be mounted here. Root may write into any folder, so that only a disk can refuse it.
 */
export async function requireDisk(context: TestContext, options: string): Promise<string | undefined> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    context.skip("only root on Linux can mount a disk");
    return undefined;
  }
  const folder = join(temporaryFolder(context), "disk");
  mkdirSync(folder);
  const { code, stderr } = await runProcess("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
  if (code !== 0) {
    context.skip(`no disk can be mounted here: ${stderr.trim()}`);
    return undefined;
  }
  context.after(() => runProcess("umount", ["--lazy", folder]));
  return folder;
}
