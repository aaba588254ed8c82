import { readFileSync } from "node:fs";
import http from "node:http";
import tls from "node:tls";

/** Variables that name a file with authorities to trust, in the order in which they count. */
const authorityFiles = ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "AWS_CA_BUNDLE"];

/** The same authorities for all clients of stores: each reads another variable. */
export function authorityVariables(own: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const file = authorityFiles.map((name) => own[name]).find((value) => value);
  if (file === undefined) return {};
  return Object.fromEntries(authorityFiles.filter((name) => !own[name]).map((name) => [name, file]));
}

let isPrepared = false;

/**
 * Lets `fetch` go through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name, and trust the authorities of the
 * system and of SSL_CERT_FILE beside Node's own. Older Nodes know a proxy only where NODE_USE_ENV_PROXY=1 is set.
 */
export function prepareNetwork(): void {
  if (isPrepared) return;
  isPrepared = true;
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy } = process.env;
  if (HTTPS_PROXY || https_proxy || HTTP_PROXY || http_proxy) http.setGlobalProxyFromEnv?.();
  const file = authorityFiles.map((name) => process.env[name]).find((value) => value);
  tls.setDefaultCACertificates?.([
    ...tls.getCACertificates("default"),
    ...tls.getCACertificates("system"),
    ...(file === undefined ? [] : certificatesIn(file)),
  ]);
}

function certificatesIn(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  } catch {
    // A file that is not there adds nothing; a server that it would vouch for is then told as not trusted.
    return [];
  }
}
