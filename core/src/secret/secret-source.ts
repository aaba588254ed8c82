import { readFile } from "node:fs/promises";
import { toolPython } from "../environment/uv/tool-python.ts";
import { runProcess } from "../host/child-process.ts";
import { ProblemError } from "../problem/problem.ts";
import type { ProgressListener } from "../text/progress.ts";

/** Where a secret is found. */
export type SecretSource =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "file"; readonly path: string }
  /** An entry of the system's keyring: Keychain, Credential Manager, Secret Service, KWallet. */
  | { readonly kind: "keyring"; readonly service: string; readonly user: string };

export interface NamedSecret {
  readonly name: string;
  readonly source: SecretSource;
}

interface SecretOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/** Under which service `reprise run --secret NAME=keyring` looks. */
const ownService = "reprise";

const forms = "NAME, NAME=env:VARIABLE, NAME=file:PATH, NAME=keyring or NAME=keyring:SERVICE/USER";

/**
 * Reads `NAME[=SOURCE]`. A value itself is refused: it would stand in the shell's history and in the list of processes.
 * Throws ProblemError RP148, which does not show what was given.
 */
export function parseSecret(text: string): NamedSecret {
  const at = text.indexOf("=");
  const name = at < 0 ? text : text.slice(0, at);
  const given = at < 0 ? `env:${name}` : text.slice(at + 1);
  const [kind = "", rest = ""] = splitOnce(given, ":");
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw wrongForm("A secret's name is that of an environment variable");
  if (kind === "env" && rest !== "") return { name, source: { kind: "environment", variable: rest } };
  if (kind === "file" && rest !== "") return { name, source: { kind: "file", path: rest } };
  if (kind === "keyring") {
    const slash = rest.lastIndexOf("/");
    const [service, user] = rest === "" ? [ownService, name] : [rest.slice(0, slash), rest.slice(slash + 1)];
    if (service !== "" && user !== "" && (rest === "" || slash > 0)) {
      return { name, source: { kind: "keyring", service, user } };
    }
  }
  throw wrongForm(`The secret ${name} is given as something else than a source`);
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function wrongForm(message: string): ProblemError {
  const mend = `Write --secret ${forms}; the value itself never stands in the call.`;
  return new ProblemError({ id: "RP148", message, mend });
}

/** The secrets' values by their names. Throws ProblemError RP148 for one that is not found; the signal's reason at an abort. */
export async function readSecrets(
  secrets: readonly NamedSecret[],
  options: SecretOptions = {},
): Promise<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  for (const { name, source } of secrets) values[name] = await readSecret(name, source, options);
  return values;
}

async function readSecret(name: string, source: SecretSource, options: SecretOptions): Promise<string> {
  if (source.kind === "keyring") return fromKeyring(name, source, options);
  if (source.kind === "environment") {
    const value = process.env[source.variable];
    if (value !== undefined) return value;
    const mend = `Set it, or name another source: --secret ${name}=file:PATH, ${name}=keyring.`;
    throw missing(name, `the variable ${source.variable} is not set here`, mend);
  }
  try {
    // Editors end a file with a line feed, which is no part of the secret.
    return (await readFile(source.path, "utf8")).replace(/\r?\n$/, "");
  } catch (error) {
    const cause = (error as Error).message;
    throw missing(name, `the file ${source.path} cannot be read`, "Check the path and the rights.", cause);
  }
}

/**
 * Asks `keyring` (https://keyring.readthedocs.io), which knows the keyrings of all systems: the one on the PATH, which has
 * its user's backends, or else one that Reprise installs for itself.
 */
async function fromKeyring(
  name: string,
  { service, user }: Extract<SecretSource, { kind: "keyring" }>,
  options: SecretOptions,
): Promise<string> {
  const { signal } = options;
  const ask = (program: string, args: readonly string[]) =>
    runProcess(program, [...args, "get", service, user], signal ? { signal } : {});
  const onPath = await ask("keyring", []).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  const answer = onPath ?? (await ask(await toolPython(["keyring>=25"], options), ["-m", "keyring"]));
  if (answer.code === 0) return answer.stdout.replace(/\r?\n$/, "");
  const mend = `Put it there: keyring set ${service} ${user} (or with the system's own tool).`;
  const cause = answer.stderr.trim().split("\n").at(-1);
  throw missing(name, `the keyring has no entry ${service}/${user}`, mend, cause);
}

function missing(name: string, why: string, mend: string, cause?: string): ProblemError {
  return new ProblemError({ id: "RP148", message: `The secret ${name}: ${why}`, mend, ...(cause && { cause }) });
}
