import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PipConfiguration } from "./pip-configuration.ts";

/**
 * How pip's options are called in uv's environment (https://docs.astral.sh/uv/reference/environment/). uv reads nothing
 * of pip's configuration itself, and companies put index, certificates and proxies there.
 */
const variables: readonly { readonly pip: string; readonly uv: readonly string[] }[] = [
  { pip: "cert", uv: ["SSL_CERT_FILE"] },
  { pip: "client-cert", uv: ["SSL_CLIENT_CERT"] },
  { pip: "proxy", uv: ["HTTPS_PROXY", "HTTP_PROXY"] },
  { pip: "timeout", uv: ["UV_HTTP_TIMEOUT"] },
  { pip: "default-timeout", uv: ["UV_HTTP_TIMEOUT"] },
  { pip: "trusted-host", uv: ["UV_INSECURE_HOST"] },
  { pip: "keyring-provider", uv: ["UV_KEYRING_PROVIDER"] },
];

/** Which authorities the library requests trusts, inside pip too, where it is stronger than pip's own `cert`: the first that is set. */
const requestsVariables = ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];

/** Where packages come from, as pip is configured. */
export interface PackageSources {
  /** Variables for uv, for everything but local folders. What uv's own environment says already is left as it is. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folders or pages with wheels. */
  readonly findLinks: readonly string[];
  /**
   * Indexes that are folders of this machine. They are asked last: what they alone have gets a `file:` address in the
   * lock, and such a lock is of less use elsewhere.
   */
  readonly localIndexes: readonly string[];
  readonly indexes: readonly string[];
}

/** What uv is to be told so that it finds packages where pip finds them. */
export function packageSources(pip: PipConfiguration, own: NodeJS.ProcessEnv): PackageSources {
  const environment: Record<string, string> = {};
  const authorities = requestsVariables.map((name) => own[name]).find((value) => value);
  if (authorities !== undefined && own.SSL_CERT_FILE === undefined) environment.SSL_CERT_FILE = authorities;
  for (const { pip: option, uv } of variables) {
    const value = pip.get(option)?.trim();
    if (!value) continue;
    for (const name of uv) {
      if (own[name] === undefined && own[name.toLowerCase()] === undefined) environment[name] ??= asWords(value);
    }
  }
  if (uvHasOwnIndexes(own)) return { environment, findLinks: [], localIndexes: [], indexes: [] };
  const main = pip.get("index-url")?.trim();
  if (main) environment.UV_DEFAULT_INDEX = asAddress(main);
  const extra = words(pip.get("extra-index-url")).map(asAddress);
  const isLocal = (address: string) => address.startsWith("file:");
  // pip takes the best version of all indexes, uv that of the first which has the name; people rely on pip's.
  if (extra.length > 0) environment.UV_INDEX_STRATEGY = own.UV_INDEX_STRATEGY ?? "unsafe-best-match";
  if (isYes(pip.get("no-index"))) environment.UV_NO_INDEX = "1";
  return {
    environment,
    findLinks: words(pip.get("find-links")),
    localIndexes: extra.filter(isLocal),
    indexes: extra.filter((address) => !isLocal(address)),
  };
}

/** The whole environment for a uv process. */
export function uvEnvironment(sources: PackageSources, withLocalIndexes: boolean): NodeJS.ProcessEnv {
  const indexes = [...sources.indexes, ...(withLocalIndexes ? sources.localIndexes : [])];
  return {
    ...process.env,
    ...sources.environment,
    // Of the caller's active environment nothing is wanted: which Python is meant is always said.
    VIRTUAL_ENV: undefined,
    CONDA_PREFIX: undefined,
    NO_COLOR: "1",
    // Only silences the warning that locks of PEP 751 are new.
    UV_PREVIEW_FEATURES: [process.env.UV_PREVIEW_FEATURES, "pylock"].filter(Boolean).join(","),
    ...(indexes.length > 0 ? { UV_EXTRA_INDEX_URL: indexes.join(" ") } : {}),
  };
}

/**
 * Variables that let uv ask the operating system which certificates to trust, as pip does; `undefined` where somebody
 * already said what to trust. By itself uv knows Mozilla's authorities only, and a company's is often the system's alone.
 * Older uv calls it UV_NATIVE_TLS.
 */
export function systemCertificates(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> | undefined {
  const said = ["SSL_CERT_FILE", "SSL_CERT_DIR", "UV_SYSTEM_CERTS", "UV_NATIVE_TLS"];
  if (said.some((name) => environment[name])) return undefined;
  return { UV_SYSTEM_CERTS: "true", UV_NATIVE_TLS: "true" };
}

/** A uv that its user configured knows its indexes: pip's are not mixed in. */
function uvHasOwnIndexes(own: NodeJS.ProcessEnv): boolean {
  const names = ["UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_CONFIG_FILE"];
  if (names.some((name) => own[name] !== undefined && own[name] !== "")) return true;
  const folder = process.platform === "win32" ? own.APPDATA : (own.XDG_CONFIG_HOME ?? join(homedir(), ".config"));
  const files = [...(folder === undefined ? [] : [join(folder, "uv", "uv.toml")]), "/etc/uv/uv.toml"];
  return files.some((file) => existsSync(file));
}

function words(value: string | undefined): readonly string[] {
  return value?.split(/\s+/).filter((word) => word !== "") ?? [];
}

function asWords(value: string): string {
  return words(value).join(" ");
}

function asAddress(address: string): string {
  return isAbsolute(address) ? pathToFileURL(address).href : address;
}

function isYes(value: string | undefined): boolean {
  return /^(1|true|yes|on)$/i.test(value?.trim() ?? "");
}
