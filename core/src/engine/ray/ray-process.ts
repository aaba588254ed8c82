import type { ProcessUsage } from "../../host/process-usage.ts";
import type { Exit } from "../../kernel/process.ts";
import { settlesWithin } from "../../kernel/waiting.ts";
import { ProblemError } from "../../problem/problem.ts";
import { linuxSignals } from "../linux-signals.ts";
import { OutputTail } from "../output-tail.ts";
import type { RelayHost, RelayProgram } from "../relay-host.ts";
import type { RayBridge } from "./bridge.ts";

/** What a program on a node is given besides its command; see core/agent/ray_bridge.py. */
export interface RayRequest {
  readonly directory: string;
  readonly files: Readonly<Record<string, string>>;
  readonly python: string | null;
  readonly lock: string | null;
  readonly version: string;
  /** As Ray's actors are asked for resources: `num_cpus`, `num_gpus`. */
  readonly resources: Readonly<Record<string, number>>;
  /** It runs in a container of its node, from this image, of which each node must have this digest once it is known. */
  readonly image: string | null;
  readonly digest: string | null;
  /** What the container sees of its node. */
  readonly folders: readonly string[];
  /** Options of `docker run`. */
  readonly limits: readonly string[];
}

export interface RayProcess extends RelayHost {
  readonly image?: string;
}

/** Starts a program on a node of the cluster, once one has room for it. Throws ProblemError RP331; the signal's reason at an abort. */
export async function startOnRay(
  bridge: RayBridge,
  { command, environment, onOutput }: RelayProgram,
  request: RayRequest,
  signal?: AbortSignal,
): Promise<RayProcess> {
  signal?.throwIfAborted();
  const started = Promise.withResolvers<string | undefined>();
  const exited = Promise.withResolvers<Exit>();
  const usages: ((usage: ProcessUsage | undefined) => void)[] = [];
  let isOver = false;
  const tail = new OutputTail();
  const id = bridge.start(
    { ...request, command, environment },
    {
      output(stream, data) {
        if (stream === "stderr") tail.add(data.toString());
        onOutput(stream, data);
      },
      answer({ code, image, is, lost, usage, why = "" }) {
        if (is === "started") started.resolve(image);
        else if (is === "failed") started.reject(refused(why));
        else if (is === "usage") usages.shift()?.(usage);
        else if (is === "ended") {
          started.reject(refused(lost ?? "it ended at once"));
          exited.resolve(exitOf(code, lost, tail.text));
          isOver = true;
          for (const tell of usages) tell(undefined);
        }
      },
    },
  );
  const abort = (): void => {
    bridge.stop(id, 0);
    started.reject(signal?.reason);
  };
  signal?.addEventListener("abort", abort, { once: true });
  let image: string | undefined;
  try {
    image = await started.promise;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
  return {
    ...(image !== undefined && { image }),
    exited: exited.promise,
    write: (data) => bridge.input(id, data),
    async stop(graceMilliseconds = 3000) {
      bridge.stop(id, graceMilliseconds);
      // A cluster that does not answer has lost it.
      const isGone = await settlesWithin(exited.promise, graceMilliseconds + 10_000);
      if (!isGone) exited.resolve(exitOf(undefined, "Ray does not answer", tail.text));
      return exited.promise;
    },
    async usage() {
      if (isOver) return undefined;
      const { promise, resolve } = Promise.withResolvers<ProcessUsage | undefined>();
      usages.push(resolve);
      bridge.askUsage(id);
      return promise;
    },
  };
}

function exitOf(code: number | undefined, lost: string | undefined, stderr: string): Exit {
  const outOfMemory = /OutOfMemory/.test(lost ?? "");
  if (code === undefined)
    return { code: null, signal: null, outOfMemory, stderr, lost: `Ray lost it (${lost ?? "no reason"})` };
  const number = code < 0 ? -code : code > 128 && code < 160 ? code - 128 : undefined;
  const signal = number === undefined ? null : (linuxSignals[number] ?? `signal ${number}`);
  return { code: signal === null ? code : null, signal, outOfMemory: false, stderr };
}

function refused(cause: string): ProblemError {
  return new ProblemError({
    id: "RP331",
    message: "The Ray cluster could not start the run",
    mend: "Mend what its message names; `ray status` on the cluster shows what it has and what is asked for.",
    cause,
  });
}

/** A container of the image did not even tell its Python's version. */
export function imageRefused(image: string, cause: string): ProblemError {
  return new ProblemError({
    id: "RP331",
    message: `A node of the Ray cluster cannot run the python of the image ${image}`,
    mend: "Name an image with Python 3 and ipykernel, such as one that --engine docker has built.",
    cause,
  });
}
