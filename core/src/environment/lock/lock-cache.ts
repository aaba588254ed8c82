import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { writeFileAtomically } from "../../host/atomic-file.ts";
import { cacheFolder } from "../../host/cache-folder.ts";
import type { Environment } from "../environment.ts";

/** A lock without a date stands for "today": after a day it is resolved again. */
const freshMilliseconds = 24 * 60 * 60 * 1000;

export interface CachedLock {
  readonly environment: Environment;
  /** False for an undated one that is older than a day. */
  readonly fresh: boolean;
}

/** The name of a request's lock in the cache: the request, the platform and where packages come from, hashed. */
export function lockKey(request: unknown): string {
  const parts = ["1", process.platform, process.arch, JSON.stringify(request), sourcesFingerprint()];
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}

/** What was locked for the same request before; undefined where nothing was, or it cannot be read. */
export async function cachedLock(key: string): Promise<CachedLock | undefined> {
  try {
    const stored = JSON.parse(await readFile(fileOf(key), "utf8")) as { made: number; environment: Environment };
    const fresh = stored.environment.asOf !== undefined || Date.now() - stored.made < freshMilliseconds;
    return { environment: stored.environment, fresh };
  } catch {
    // Missing, or cut off by a full disk: it is made again.
    return undefined;
  }
}

/** Keeps a lock for the next request that is the same. */
export async function storeLock(key: string, environment: Environment): Promise<void> {
  await writeFileAtomically(fileOf(key), JSON.stringify({ made: Date.now(), environment }));
}

function fileOf(key: string): string {
  return join(cacheFolder("locks"), `${key}.json`);
}

/** Changes when pip's or uv's configuration does; asking pip itself would cost half a second for every cached lock. */
function sourcesFingerprint(): string {
  const variables = Object.entries(process.env)
    .filter(([name]) => /^(PIP|UV)_/.test(name) && !/CACHE/.test(name))
    .sort();
  const home = homedir();
  const files = [
    "/etc/pip.conf",
    "/etc/xdg/pip/pip.conf",
    join(process.env.XDG_CONFIG_HOME ?? join(home, ".config"), "pip", "pip.conf"),
    join(home, ".pip", "pip.conf"),
    join(home, "Library", "Application Support", "pip", "pip.conf"),
    join(process.env.APPDATA ?? home, "pip", "pip.ini"),
    join(process.env.PROGRAMDATA ?? home, "pip", "pip.ini"),
    ...(process.env.PIP_CONFIG_FILE === undefined ? [] : [process.env.PIP_CONFIG_FILE]),
    join(process.env.XDG_CONFIG_HOME ?? join(home, ".config"), "uv", "uv.toml"),
  ];
  const texts = files.filter(isSmallFile).map((file) => readFileSync(file, "utf8"));
  return JSON.stringify([variables, texts]);
}

function isSmallFile(file: string): boolean {
  try {
    const found = statSync(file);
    return found.isFile() && found.size < 1_000_000;
  } catch {
    return false;
  }
}
