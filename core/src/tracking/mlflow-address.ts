import { isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ProblemError } from "../problem/problem.ts";

/** Where an MLflow is. */
export type MlflowAddress =
  | {
      readonly kind: "server";
      /** Without credentials and without a slash at its end. */
      readonly url: string;
      readonly authorization?: string;
    }
  | {
      /** A database of this machine: a server is started for the time of the run. */
      readonly kind: "local";
      /** `sqlite:///...`. */
      readonly backendStore: string;
      /** The folder for artifacts. */
      readonly artifacts: string;
    };

/**
 * Reads an address of `--tracking`: `http(s)://...`, `sqlite:///path/mlflow.db`, or a folder (its `mlflow.db`).
 * Credentials come from the address or from MLFLOW_TRACKING_USERNAME and _PASSWORD, or _TOKEN, as MLflow has it.
 * Throws ProblemError RP344.
 */
export function parseMlflowAddress(
  address: string,
  environment: NodeJS.ProcessEnv = process.env,
  directory: string = process.cwd(),
): MlflowAddress {
  if (/^https?:/i.test(address)) return serverAddress(address, environment);
  const sqlite = /^sqlite:\/\/\/(.+)$/.exec(address)?.[1];
  if (sqlite !== undefined) {
    const file = isAbsolute(sqlite) ? sqlite : resolve(directory, sqlite);
    return { kind: "local", backendStore: `sqlite:///${file}`, artifacts: resolve(file, "..", "mlartifacts") };
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(address) && !/^[a-z]:[\\/]/i.test(address) && !address.startsWith("file:")) {
    throw new ProblemError({
      id: "RP344",
      message: `Reprise cannot track to "${address.split(":", 1)[0]}:" addresses.`,
      mend: "Give http://HOST:PORT of an MLflow server, sqlite:///FILE, a folder, or none (--tracking none).",
    });
  }
  const folder = /^file:\/\/\//i.test(address)
    ? fileURLToPath(address)
    : resolve(directory, address.replace(/^file:(\/\/)?/, ""));
  return {
    kind: "local",
    backendStore: `sqlite:///${resolve(folder, "mlflow.db")}`,
    artifacts: resolve(folder, "mlartifacts"),
  };
}

function serverAddress(address: string, environment: NodeJS.ProcessEnv): MlflowAddress {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new ProblemError({
      id: "RP344",
      message: "The tracking address is not a web address.",
      mend: "Give it as http://HOST:PORT.",
    });
  }
  const user = url.username === "" ? environment.MLFLOW_TRACKING_USERNAME : decoded(url.username);
  const password = url.password === "" ? environment.MLFLOW_TRACKING_PASSWORD : decoded(url.password);
  const token = environment.MLFLOW_TRACKING_TOKEN;
  const authorization = user
    ? `Basic ${Buffer.from(`${user}:${password ?? ""}`).toString("base64")}`
    : token
      ? `Bearer ${token}`
      : undefined;
  return {
    kind: "server",
    url: `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}`,
    ...(authorization === undefined ? {} : { authorization }),
  };
}

/** A password may hold a `%` that nobody encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
