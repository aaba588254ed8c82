import type { TestContext } from "node:test";
import type { Engine } from "../../core/src/engine/engine.ts";
import { localEngine } from "../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../core/src/environment/python/interpreter.ts";
import { KernelClient } from "../../core/src/kernel/client.ts";
import { requirePython } from "./python.ts";

/** A local engine with a kernel's environment, closed after the test; `undefined` where the test is skipped. */
export async function requireEngine(
  context: TestContext,
  environment: "kernel" | "kernel6" = "kernel",
): Promise<Engine | undefined> {
  const python = await requirePython(context, environment);
  if (python === undefined) return undefined;
  const engine = await localEngine({ environment: await foundEnvironment(python) });
  context.after(() => engine.close());
  return engine;
}

/** A kernel that answers, ended after the test. */
export async function requireKernel(
  context: TestContext,
  directory: string,
  environment: "kernel" | "kernel6" = "kernel",
): Promise<KernelClient | undefined> {
  const engine = await requireEngine(context, environment);
  if (engine === undefined) return undefined;
  const client = new KernelClient(await engine.startKernel({ directory }));
  context.after(() => client.shutdown());
  await client.ready();
  return client;
}
