import { environmentOf } from "../../../core/src/environment/notebook-environment.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";

/** Milliseconds that finding the lock of a notebook takes when it, or one that needs the same, was locked before. */
export async function warmLockMilliseconds({ notebook, document }: Analysis): Promise<number> {
  await environmentOf(notebook, document);
  const began = performance.now();
  await environmentOf(notebook, document);
  return performance.now() - began;
}
