import { ProblemError } from "../problem/problem.ts";
import { type Address, parseAddress } from "./address.ts";
import type { AddressOptions } from "./object-store.ts";

// What speaks to networks is loaded where an address is used: most runs have none.
const objectStore = () => import("./object-store.ts");
const web = () => import("./web.ts");

/**
 * The bytes at an address. Throws ProblemError: RP363 nothing there, RP364 no rights, RP365 no credentials, RP366 no
 * answer, RP367 no address; the signal's reason at an abort.
 */
export async function readAddress(text: string, options: AddressOptions = {}): Promise<Uint8Array> {
  const address = parseAddress(text);
  if (address.kind === "store") return (await objectStore()).askStore(address, { do: "read" }, options);
  options.onProgress?.({ task: `Reading ${address.shown}` });
  if (address.kind === "github") {
    return (await import("./github.ts")).readGithub(address, options.signal);
  }
  return (await web()).askWeb(address, { signal: options.signal });
}

/**
 * Finds out, before work is done, whether something could be written at an address: whether it answers, knows the
 * credentials and has the bucket. Throws ProblemError RP363 to RP367. That it writes is seen only when it is written.
 */
export async function checkWritable(text: string, options: AddressOptions = {}): Promise<void> {
  const address = parseAddress(text);
  if (address.kind === "store") await (await objectStore()).askStore(address, { do: "check" }, options);
  else if (address.kind === "github") throw readOnly(address);
}

/**
 * Writes an object whole, or not at all: what is there under its name stays until the new one is complete. A web server
 * is sent a PUT, as by papermill. Throws as `readAddress`.
 */
export async function writeAddress(text: string, data: Uint8Array, options: AddressOptions = {}): Promise<void> {
  const address = parseAddress(text);
  if (address.kind === "github") throw readOnly(address);
  if (address.kind === "store") {
    await (await objectStore()).askStore(address, { do: "write", data }, options);
    return;
  }
  options.onProgress?.({ task: `Writing ${address.shown}` });
  const headers = { "content-type": "application/x-ipynb+json" };
  await (await web()).askWeb(address, { method: "PUT", body: data, headers, signal: options.signal });
}

function readOnly({ shown }: Address): ProblemError {
  return new ProblemError({
    id: "RP367",
    message: `${shown}: nothing is written to GitHub`,
    mend: "Name a file or another address, and commit it yourself.",
  });
}
