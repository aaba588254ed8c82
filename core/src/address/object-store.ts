import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { toolPython } from "../environment/uv/tool-python.ts";
import { agentFolder } from "../host/assets.ts";
import { killTree, spawnTree } from "../host/child-process.ts";
import type { ProgressListener } from "../text/progress.ts";
import type { Address } from "./address.ts";
import { authorityVariables } from "./network.ts";
import { type StoreFailure, storeProblem } from "./store-problem.ts";
import { storeSchemes } from "./store-schemes.ts";

export interface AddressOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

type Request = { readonly do: "read" } | { readonly do: "check" } | { readonly do: "write"; readonly data: Uint8Array };

/** The clients try again on their own, some for many minutes; nobody waits that long at a terminal. */
const patienceMilliseconds: Readonly<Record<Request["do"], number>> = { check: 45_000, read: 300_000, write: 300_000 };

/**
 * Asks an object store, in a process of its own with the store's own client in it. Answers with what was read. Throws
 * ProblemError: RP363 nothing there, RP364 no rights, RP365 no credentials, RP366 no answer, RP30x no client; the
 * signal's reason at an abort.
 */
export async function askStore(address: Address, request: Request, options: AddressOptions = {}): Promise<Uint8Array> {
  const { signal, onProgress } = options;
  const { requirements } = storeSchemes[schemeOf(address)] ?? { requirements: [] };
  const python = await toolPython(requirements, options);
  onProgress?.({ task: request.do === "write" ? `Writing ${address.shown}` : `Reading ${address.shown}` });
  signal?.throwIfAborted();
  const child = spawnTree(python, ["-X", "utf8", join(agentFolder, "store.py")], {
    env: { ...process.env, ...authorityVariables(process.env) },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stop = (): void => killTree(child, "SIGKILL");
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, patienceMilliseconds[request.do]);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const { stdin, stdout, stderr } = child;
    if (!stdin || !stdout || !stderr) throw new Error("a process without pipes");
    const ended = Promise.withResolvers<number | null>();
    child.once("error", ended.reject).once("close", ended.resolve);
    // A process that ends early does not read to the end; its exit code says why.
    stdin.on("error", () => {});
    stdin.write(`${JSON.stringify({ do: request.do, address: address.text })}\n`);
    stdin.end(request.do === "write" ? request.data : undefined);
    const [data, errors, code] = await Promise.all([buffer(stdout), buffer(stderr), ended.promise]);
    signal?.throwIfAborted();
    if (code === 0) return data;
    throw storeProblem(address, schemeOf(address), isLate ? late : failureIn(errors.toString()));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

const schemeOf = ({ text }: Address): string => text.slice(0, text.indexOf(":")).toLowerCase();

const late: StoreFailure = { types: ["TimeoutError"], codes: [], message: "it did not answer in time" };

/** The last line that store.py wrote; of a process that broke down before, what it wrote. */
function failureIn(errors: string): StoreFailure {
  const last = errors.trim().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(last) as StoreFailure;
  } catch {
    return { types: [], codes: [], message: errors.trim().slice(-2000) };
  }
}
