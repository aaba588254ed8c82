import { openAsBlob } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type MlflowClient, MlflowError, type Patience } from "./mlflow-client.ts";

/** A file for a run: where it lies, and its path among the run's artifacts, with forward slashes. */
export interface MlflowArtifact {
  readonly file: string;
  readonly path: string;
}

/**
 * Stores files as a run's artifacts: through the server's proxy (`mlflow-artifacts:`), or into the folder that the
 * server names where that is on this machine. Throws MlflowError for stores that only MLflow's own client can write.
 */
export async function storeArtifacts(
  client: MlflowClient,
  artifactUri: string,
  artifacts: readonly MlflowArtifact[],
  patience: Patience,
): Promise<void> {
  const proxied = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*)$/.exec(artifactUri)?.[1];
  const folder = localFolder(artifactUri);
  for (const { file, path } of artifacts) {
    const segments = cleanSegments(path);
    if (segments.length === 0) continue;
    if (proxied !== undefined) {
      await client.putArtifact([...cleanSegments(proxied), ...segments], await openAsBlob(file), patience);
    } else if (folder !== undefined && isThisMachine(client.url)) {
      const target = join(folder, ...segments);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(file, target);
    } else {
      const scheme = artifactUri.split(":", 1)[0];
      throw new MlflowError(
        "ARTIFACTS",
        `The files of the run were not stored: the server keeps artifacts at ${scheme}:, past its own proxy (start it with --serve-artifacts).`,
      );
    }
  }
}

/**
 * `..` is resolved by HTTP clients before anything is sent: it must never get that far. MLflow refuses paths that hold
 * `#`, and reads `%` twice (mlflow/utils/uri.py, `validate_path_is_safe`).
 */
function cleanSegments(path: string): readonly string[] {
  return path
    .replaceAll("\\", "/")
    .split("/")
    .filter((segment) => segment !== "" && segment !== "." && segment !== "..")
    .map((segment) => segment.replaceAll(/[#%?:]/g, "_"));
}

function localFolder(uri: string): string | undefined {
  if (uri.startsWith("file:")) return fileURLToPath(uri);
  return /^[a-z][a-z0-9+.-]+:/i.test(uri) ? undefined : uri;
}

function isThisMachine(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}
