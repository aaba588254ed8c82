import { existsSync } from "node:fs";
import { killTree, spawnTree } from "../../host/child-process.ts";
import type { GraphicsSample } from "./resource-use.ts";

const query = "index,utilization.gpu,memory.used,memory.total";

/** Whether a look at NVIDIA's cards is worth starting a process. */
const mayHaveCards = (): boolean =>
  process.platform !== "linux" || existsSync("/dev/nvidiactl") || existsSync("/dev/dxg");

export interface GraphicsWatch {
  /** The newest look at each card. */
  readonly now: readonly GraphicsSample[];
  stop(): void;
}

/** Lets `nvidia-smi` tell of the cards again and again, in one process for all the time; nothing where there are none. */
export function watchGraphics(milliseconds: number): GraphicsWatch {
  if (!mayHaveCards()) return { now: [], stop() {} };
  const cards = new Map<number, GraphicsSample>();
  const args = [`--query-gpu=${query}`, "--format=csv,noheader,nounits", `--loop-ms=${milliseconds}`];
  const child = spawnTree("nvidia-smi", args, { stdio: ["ignore", "pipe", "ignore"] });
  // No driver, no cards.
  child.on("error", () => {});
  child.unref();
  let rest = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const card of parseGraphics(lines.join("\n"))) cards.set(card.index, card);
  });
  return {
    get now() {
      return [...cards.values()];
    },
    stop: () => killTree(child, "SIGKILL"),
  };
}

/** Lines of `nvidia-smi` with index, use in percent, memory used and there in MiB. A card that does not say is left out. */
export function parseGraphics(text: string): readonly GraphicsSample[] {
  return text.split("\n").flatMap((line) => {
    const values = line.split(",").map((part) => (/^\s*\d+(\.\d+)?\s*$/.test(part) ? Number(part) : Number.NaN));
    const [index, percent, used, total] = values as [number, number, number, number];
    if (values.length !== 4 || [index, used, total].some(Number.isNaN)) return [];
    const memoryBytes = used * 2 ** 20;
    return [{ index, percent: Number.isNaN(percent) ? 0 : percent, memoryBytes, totalBytes: total * 2 ** 20 }];
  });
}
