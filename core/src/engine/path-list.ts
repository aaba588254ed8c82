import type { Engine } from "./engine.ts";

/** A value of `PYTHONPATH` or `PATH` for code that runs in an engine: its folders, as they are called inside. */
export function pathList({ kind }: Pick<Engine, "kind">, inside: readonly string[]): string {
  return inside.join(process.platform === "win32" && kind === "local" ? ";" : ":");
}
