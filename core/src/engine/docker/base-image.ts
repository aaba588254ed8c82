import type Docker from "dockerode";
import type { ProgressListener } from "../../text/progress.ts";
import { imageMissing } from "./refusal.ts";

/** The image that environments are put on: `REPRISE_BASE_IMAGE`, or the official one of a Python version (`3.11`). */
export function baseImage(python: string): string {
  return process.env.REPRISE_BASE_IMAGE ?? `python:${python}-slim-bookworm`;
}

export interface ImageIdentity {
  readonly reference: string;
  /** `sha256:...`: of the image itself, whatever it is called. */
  readonly digest: string;
}

/** An image that is here, or that is pulled now. Throws ProblemError RP327. */
export async function requireImage(
  daemon: Docker,
  reference: string,
  options: { readonly signal?: AbortSignal; readonly onProgress?: ProgressListener } = {},
): Promise<ImageIdentity> {
  const found = await imageHere(daemon, reference);
  if (found) return found;
  try {
    options.onProgress?.({ task: `Pulling ${reference}` });
    const pulling = await daemon.pull(reference, { abortSignal: options.signal });
    await followed(daemon, pulling, (detail) => options.onProgress?.({ task: `Pulling ${reference}`, detail }));
  } catch (error) {
    options.signal?.throwIfAborted();
    throw imageMissing(reference, error);
  }
  const pulled = await imageHere(daemon, reference);
  if (pulled === undefined) throw imageMissing(reference, new Error("it was pulled, but is not there"));
  return pulled;
}

/** The image that the engine has by that name; undefined where it has none. */
export async function imageHere(daemon: Docker, reference: string): Promise<ImageIdentity | undefined> {
  try {
    return { reference, digest: (await daemon.getImage(reference).inspect()).Id };
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw imageMissing(reference, error);
  }
}

/** Waits for the end of what an engine reports line by line. Rejects with the error that it reports. */
export function followed(daemon: Docker, stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const said: string[] = [];
  daemon.modem.followProgress(
    stream,
    (error: Error | null) => {
      if (error) reject(new Error(`${said.slice(-20).join("")}\n${error.message}`.trim(), { cause: error }));
      else resolve();
    },
    (event: { status?: string; stream?: string; error?: string }) => {
      if (event.error) reject(new Error(`${said.slice(-20).join("")}\n${event.error}`.trim()));
      if (event.stream) said.push(event.stream);
      const line = (event.stream ?? event.status ?? "").trim();
      if (line) onLine(line);
    },
  );
  return promise;
}
