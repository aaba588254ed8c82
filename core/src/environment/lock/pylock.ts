import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parse } from "smol-toml";
import { ProblemError } from "../../problem/problem.ts";
import type { LockedPackage } from "../environment.ts";
import { type MarkerValues, markerHolds, markerValues } from "./marker.ts";

/** A lock of PEP 751 (https://packaging.python.org/en/latest/specifications/pylock-toml/), as far as Reprise reads it. */
export interface Pylock {
  readonly requiresPython?: string;
  readonly packages: readonly PylockPackage[];
}

export interface PylockPackage extends LockedPackage {
  readonly marker?: string;
  readonly files: readonly PylockFile[];
}

export interface PylockFile {
  readonly kind: "wheel" | "sdist" | "archive";
  readonly url: string;
  readonly sha256?: string;
}

/** Reads the text of a pylock.toml. Throws ProblemError RP307 that names `path`. */
export function parsePylock(text: string, path = "pylock.toml"): Pylock {
  const file = { path };
  let table: unknown;
  try {
    table = parse(text);
  } catch (error) {
    throw unreadable(file.path, error instanceof Error ? error.message : String(error));
  }
  if (!isTable(table) || typeof table["lock-version"] !== "string") throw unreadable(path, "it has no lock-version");
  const requiresPython = table["requires-python"];
  const packages = Array.isArray(table.packages) ? table.packages.filter(isTable) : [];
  return {
    ...(typeof requiresPython === "string" ? { requiresPython } : {}),
    packages: packages.map((entry) => readPackage(entry, path)),
  };
}

/** `sha256:...` of a lock's text. */
export function lockHashOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** The packages of a lock that are installed on a platform: this one, unless `values` says another. */
export function packagesFor(
  lock: Pylock,
  python: string,
  values: MarkerValues = markerValues(python),
): LockedPackage[] {
  return lock.packages
    .filter(({ marker }) => marker === undefined || markerHolds(marker, values))
    .map(({ name, version }) => ({ name, version }));
}

export interface LocalWheel {
  readonly name: string;
  readonly version: string;
  /** Its address in the lock: `file:///opt/wheels/torch-2.13.0+cpu-....whl`. */
  readonly url: string;
  readonly path: string;
  readonly sha256?: string;
}

/**
 * The files of a lock that lie on this machine. They have to travel with it (into an image's build context), and the
 * lock's addresses be rewritten with `withLocalWheelsIn`.
 */
export function localWheels(lockText: string): LocalWheel[] {
  return parsePylock(lockText).packages.flatMap(({ name, version, files }) =>
    files
      .filter(({ url }) => url.startsWith("file:"))
      .map(({ url, sha256 }) => ({
        name,
        version,
        url,
        path: fileURLToPath(url),
        ...(sha256 === undefined ? {} : { sha256 }),
      })),
  );
}

/**
 * The lock with every local file in `folder`, relative to the lock itself (`wheels`), so that both can be carried
 * elsewhere together; the files have to be put there.
 */
export function withLocalWheelsIn(lockText: string, folder: string): string {
  return lockText.replaceAll(
    /\burl = "file:\/\/[^"]*\/([^/"]+)"/g,
    (_whole, name: string) => `path = "${folder}/${decodeURIComponent(name)}"`,
  );
}

/** Such a lock with the files beside it under their addresses on this machine; `folder` is the lock's own. */
export function withLocalWheelsFrom(lockText: string, folder: string): string {
  return lockText.replaceAll(
    /\bpath = "([^"]+\.(?:whl|tar\.gz|zip))"/g,
    (_whole, path: string) => `url = "${pathToFileURL(resolve(folder, path)).href}"`,
  );
}

type Table = Readonly<Record<string, unknown>>;

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readPackage(entry: Table, path: string): PylockPackage {
  const { name, version, marker } = entry;
  if (typeof name !== "string") throw unreadable(path, "a package in it has no name");
  const files = [
    ...(Array.isArray(entry.wheels) ? entry.wheels : []).map((file: unknown) => readFile("wheel", file)),
    ...(isTable(entry.sdist) ? [readFile("sdist", entry.sdist)] : []),
    ...(isTable(entry.archive) ? [readFile("archive", entry.archive)] : []),
  ];
  return {
    name,
    version: typeof version === "string" ? version : "0",
    ...(typeof marker === "string" ? { marker } : {}),
    files: files.filter((file) => file !== undefined),
  };
}

function readFile(kind: PylockFile["kind"], file: unknown): PylockFile | undefined {
  if (!isTable(file) || (typeof file.url !== "string" && typeof file.path !== "string")) return undefined;
  const sha256 = isTable(file.hashes) ? file.hashes.sha256 : undefined;
  return {
    kind,
    url: typeof file.url === "string" ? file.url : String(file.path),
    ...(typeof sha256 === "string" ? { sha256 } : {}),
  };
}

function unreadable(path: string, cause: string): ProblemError {
  return new ProblemError({
    id: "RP307",
    message: `${path} is not a lock of Python packages that can be read.`,
    place: { file: path },
    mend: "Write it again with `reprise env lock`, or name another file with --environment.",
    cause,
  });
}
