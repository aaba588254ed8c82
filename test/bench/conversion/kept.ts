import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Judged } from "./judged.ts";

/** Results as they come, a line each, in a folder of `--keep`: a run that was cut off goes on from there. */
export class Kept {
  readonly #file: string | undefined;
  readonly #known = new Map<string, Judged>();

  constructor(folder: string | undefined, name: string) {
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, `${name}.jsonl`);
    if (!existsSync(this.#file)) return;
    for (const line of readFileSync(this.#file, "utf8").split("\n")) {
      // The last line of a run that was cut off may be half a line.
      if (!line.endsWith("}")) continue;
      const judged = JSON.parse(line) as Judged;
      this.#known.set(`${judged.group}/${judged.name}`, judged);
    }
  }

  get({ group, name }: Pick<Judged, "group" | "name">): Judged | undefined {
    return this.#known.get(`${group}/${name}`);
  }

  add(judged: Judged): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(judged)}\n`);
  }
}
