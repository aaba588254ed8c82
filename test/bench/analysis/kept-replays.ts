import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sha256 } from "../../../core/src/host/sha256.ts";
import type { Session, SessionRequest } from "./sessions.ts";

/**
 * What was run before, in a folder of `--keep`, by all that it hangs on: the cells and steps, their files, and the
 * programs that run them. A run of hours that was cut off goes on, and other rules are held against the same notebooks
 * without running them anew.
 */
export class KeptReplays {
  readonly #folder: string;
  readonly #runner: string;

  /** `programs` are the files that run a notebook, `surroundings` whatever else makes its results others. */
  constructor(folder: string, programs: readonly string[], surroundings: readonly string[]) {
    this.#folder = join(folder, "replays");
    this.#runner = JSON.stringify([...programs.map((file) => readFileSync(file, "utf8")), ...surroundings]);
  }

  get(request: SessionRequest): Session | undefined {
    const file = this.#fileOf(request);
    return existsSync(file) ? (JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Session) : undefined;
  }

  add(request: SessionRequest, session: Session): void {
    const file = this.#fileOf(request);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, gzipSync(JSON.stringify(session)));
    renameSync(`${file}.part`, file);
  }

  #fileOf(request: SessionRequest): string {
    const key = sha256(JSON.stringify([this.#runner, request]));
    return join(this.#folder, key.slice(0, 2), `${key}.json.gz`);
  }
}
