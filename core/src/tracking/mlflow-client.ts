import { setTimeout as sleep } from "node:timers/promises";
import { withoutCredentials } from "../host/secrets.ts";
import type { MlflowAddress } from "./mlflow-address.ts";

/** What an MLflow server answered instead of what was asked for, or that it did not answer. */
export class MlflowError extends Error {
  /** MLflow's own, such as `RESOURCE_DOES_NOT_EXIST`; `UNREACHABLE` where nothing answered. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "MlflowError";
    this.code = code;
  }
}

export interface Patience {
  /** How long one request may take. */
  readonly timeoutMilliseconds: number;
  /** How often it is tried again after no answer, 429 or 5xx, waiting longer each time. */
  readonly retries: number;
}

/**
 * Speaks to an MLflow server over REST (https://mlflow.org/docs/latest/api_reference/rest-api.html), paths below
 * `/api/2.0/mlflow/`. Throws MlflowError, whose message never holds credentials.
 */
export class MlflowClient {
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(address: Extract<MlflowAddress, { kind: "server" }>) {
    this.url = address.url;
    this.#headers = address.authorization === undefined ? {} : { authorization: address.authorization };
  }

  async post(path: string, body: unknown, patience: Patience): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.#send(
      `${this.url}/api/2.0/mlflow/${path}`,
      () => ({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      patience,
    );
    return (await answer.json()) as Readonly<Record<string, unknown>>;
  }

  async get(
    path: string,
    query: Readonly<Record<string, string>>,
    patience: Patience,
  ): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.#send(
      `${this.url}/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`,
      () => ({ method: "GET" }),
      patience,
    );
    return (await answer.json()) as Readonly<Record<string, unknown>>;
  }

  /** Stores bytes under an address of the artifact proxy; `segments` are not encoded yet. */
  async putArtifact(segments: readonly string[], body: Blob, patience: Patience): Promise<void> {
    const path = segments.map(encodeURIComponent).join("/");
    const answer = await this.#send(
      `${this.url}/api/2.0/mlflow-artifacts/artifacts/${path}`,
      () => ({ method: "PUT", headers: { "content-type": "application/octet-stream" }, body }),
      patience,
    );
    await answer.arrayBuffer();
  }

  async #send(url: string, request: () => RequestInit, { timeoutMilliseconds, retries }: Patience): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#try(url, request(), timeoutMilliseconds);
      if (outcome instanceof Response) return outcome;
      if (!outcome.again || attempt >= retries) throw outcome.error;
      await sleep(250 * 2 ** attempt);
    }
  }

  async #try(
    url: string,
    request: RequestInit,
    timeout: number,
  ): Promise<Response | { readonly error: MlflowError; readonly again: boolean }> {
    let answer: Response;
    try {
      answer = await fetch(url, {
        ...request,
        headers: { ...request.headers, ...this.#headers },
        signal: AbortSignal.timeout(timeout),
      });
    } catch (error) {
      const message = `The MLflow server at ${this.url} does not answer: ${reasonOf(error)}.`;
      return { error: new MlflowError("UNREACHABLE", message), again: true };
    }
    if (answer.ok) return answer;
    const text = withoutCredentials(await answer.text().catch(() => ""));
    return { error: this.#refusal(answer.status, text), again: answer.status === 429 || answer.status >= 500 };
  }

  #refusal(status: number, text: string): MlflowError {
    if (status === 401 || status === 403) {
      const mend = "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN";
      return new MlflowError("REFUSED", `The MLflow server at ${this.url} refused access (${status}): ${mend}.`);
    }
    try {
      const { error_code, message } = JSON.parse(text) as { error_code?: string; message?: string };
      if (error_code !== undefined) {
        return new MlflowError(error_code, `MLflow answered ${error_code}: ${message?.slice(0, 500) ?? ""}`);
      }
    } catch {
      // Not MLflow's JSON: a proxy's page, or another server.
    }
    const shown = text
      .replaceAll(/<[^>]*>|\s+/g, " ")
      .trim()
      .slice(0, 200);
    return new MlflowError(`HTTP_${status}`, `${this.url} answered ${status}, not as an MLflow server does: ${shown}`);
  }
}

/** `fetch failed` says nothing; what lies beneath does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "it took too long";
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return withoutCredentials(cause?.code ?? cause?.message ?? error.message);
}
