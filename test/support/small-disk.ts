import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";

/**
 * A disk of its own for one test, with these mount options, such as `size=64k` or `ro`; `undefined` where the test is
 * skipped, because a disk cannot be mounted here. Root may write into any folder, so that only a disk can refuse it.
 */
export async function requireDisk(context: TestContext, options: string): Promise<string | undefined> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    context.skip("only root on Linux can mount a disk");
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "reprise-disk-"));
  const { code, stderr } = await runProcess("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
  context.after(async () => {
    if (code === 0) await runProcess("umount", ["--lazy", folder]);
    rmdirSync(folder);
  });
  if (code !== 0) {
    context.skip(`no disk can be mounted here: ${stderr.trim()}`);
    return undefined;
  }
  return folder;
}
