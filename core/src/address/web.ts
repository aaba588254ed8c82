import type { ProblemId } from "../problem/catalog.ts";
import { ProblemError } from "../problem/problem.ts";
import type { Address } from "./address.ts";
import { prepareNetwork } from "./network.ts";
import { withoutKeys } from "./store-problem.ts";

/** What the answers of a web server mean, by their status. */
const statuses: Readonly<Record<number, readonly [id: ProblemId, says: string, mend: string]>> = {
  401: ["RP365", "it wants credentials", "Give them in the address (https://USER:PASSWORD@HOST/...)."],
  403: ["RP364", "access is denied", "Ask for the right to it; a signed address may have expired."],
  404: ["RP363", "there is nothing of this name", "Check the address in a browser."],
  410: ["RP363", "it is gone", "Check the address in a browser."],
  407: ["RP366", "the proxy wants credentials", "Give them in HTTPS_PROXY (http://USER:PASSWORD@HOST:PORT)."],
};

const otherStatus = ["RP366", "the server refused", "Try again later, or mend what its answer names."] as const;

export interface WebRequest {
  readonly method?: "GET" | "PUT" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks a web server; redirects are followed. Throws ProblemError RP363 nothing there, RP364 no rights, RP365 no
 * credentials, RP366 no answer; the signal's reason at an abort.
 */
export async function askWeb(address: Address, request: WebRequest = {}): Promise<Uint8Array> {
  const answer = await fetchWeb(address, request);
  if (!answer.ok) throw statusProblem(address, answer);
  try {
    return new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    request.signal?.throwIfAborted();
    throw unreachable(address, error);
  }
}

/** The answer, whatever its status. Throws as `askWeb` where there is none. */
export async function fetchWeb(address: Address, request: WebRequest): Promise<Response> {
  prepareNetwork();
  const url = new URL(address.text);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const given = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const own = username === "" ? {} : { authorization: `Basic ${Buffer.from(given).toString("base64")}` };
  const { signal, ...rest } = request;
  try {
    return await fetch(url, {
      ...rest,
      headers: { ...own, ...request.headers },
      signal: signal ?? null,
      ...(request.body && { body: Buffer.from(request.body) }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable(address, error);
  }
}

/** What an answer of the web that is no success means for whoever named the address. */
export function statusProblem(address: Address, { status, statusText }: Response): ProblemError {
  const [id, says, mend] = statuses[status] ?? otherStatus;
  return new ProblemError({ id, message: `${address.shown}: ${says}`, mend, cause: `${status} ${statusText}` });
}

/** `fetch failed` says nothing; what lies beneath does. */
function unreachable(address: Address, error: unknown): ProblemError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, message } = cause as NodeJS.ErrnoException;
  const isUntrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code ?? "");
  return new ProblemError(
    {
      id: "RP366",
      message: `${address.shown}: ${isUntrusted ? "its certificate is not trusted" : "it does not answer"}`,
      mend: isUntrusted
        ? "Name the file with your company's authority: SSL_CERT_FILE=FILE.pem."
        : "Check the address, the network and HTTPS_PROXY.",
      cause: withoutKeys(code === undefined ? message : `${code}: ${message}`, address),
    },
    { cause: error },
  );
}
