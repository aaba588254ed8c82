import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { killTree, spawnTree } from "../../host/child-process.ts";
import type { GraphicsSample } from "./resource-use.ts";

const program = "nvidia-smi";
const query = "index,utilization.gpu,memory.used,memory.total";

/** Whether the driver's program is there to be asked; starting one in vain takes longer than looking for it. */
function isToBeAsked(): boolean {
  if (process.platform === "win32") return true;
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
}

export interface GraphicsWatch {
  /** The newest look at each card. */
  readonly now: readonly GraphicsSample[];
  stop(): void;
}

/** Lets `nvidia-smi` tell of the cards again and again, in one process for all the time; nothing where there are none. */
export function watchGraphics(milliseconds: number): GraphicsWatch {
  if (!isToBeAsked()) return { now: [], stop() {} };
  const cards = new Map<number, GraphicsSample>();
  const args = [`--query-gpu=${query}`, "--format=csv,noheader,nounits", `--loop-ms=${milliseconds}`];
  const child = spawnTree(program, args, { stdio: ["ignore", "pipe", "ignore"] });
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
