import { ProblemError } from "../problem/problem.ts";
import { storeSchemes } from "./store-schemes.ts";

/** Where a notebook is read from or written to, when it is not a file of this machine. */
export interface Address {
  /** How it is spoken to: HTTP requests, GitHub's own ones, or a library of object stores. */
  readonly kind: "web" | "github" | "store";
  /** Whole, with all that it holds of credentials: it is never shown. */
  readonly text: string;
  /** For people, records and notebooks: without user, password and query. */
  readonly shown: string;
}

const scheme = /^([a-z][a-z0-9+.-]+):\/\//i;

/** Whether a text is an address and no path: `C:\a.ipynb` is a path. */
export const isAddress = (text: string): boolean => scheme.test(text);

/**
 * Reads an address of the command line: `https://`, `s3://`, `gs://`, `az://`, `abfs://`, `hf://`. Throws ProblemError
 * RP367 for any other, and for one that names nothing.
 */
export function parseAddress(text: string): Address {
  const name = (scheme.exec(text)?.[1] ?? "").toLowerCase();
  if (name === "http" || name === "https") {
    return { kind: isGithub(webAddress(text)) ? "github" : "web", text, shown: withoutSecrets(text) };
  }
  const known = storeSchemes[name];
  if (known === undefined) {
    throw new ProblemError({
      id: "RP367",
      message: `${withoutSecrets(text)}: Reprise does not know ${name}: addresses`,
      mend: `Give a path, or an address that begins with https://, ${Object.keys(storeSchemes).join("://, ")}://.`,
    });
  }
  const path = text.slice(name.length + 3).replace(/[?#].*$/s, "");
  if (path.split("/").filter(Boolean).length < known.leastParts) {
    throw new ProblemError({
      id: "RP367",
      message: `${withoutSecrets(text)} names no file`,
      mend: `Write it as ${known.example}.`,
    });
  }
  return { kind: "store", text, shown: withoutSecrets(text) };
}

/** An address as people may see it: query strings and users are where keys, tokens and signatures stand. */
export function withoutSecrets(text: string): string {
  return text.replace(/[?#].*$/s, "").replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, "$1");
}

function webAddress(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new ProblemError({
      id: "RP367",
      message: `${withoutSecrets(text)} is no web address`,
      mend: "Write it as https://HOST/PATH.ipynb.",
    });
  }
}

/** The addresses of GitHub's pages and files: `GITHUB_SERVER_URL` names a server of a company's own, as in GitHub's actions. */
function isGithub({ host }: URL): boolean {
  return host === githubServer().host || host === "github.com" || host === "raw.githubusercontent.com";
}

/** Throws ProblemError RP367 where GITHUB_SERVER_URL is none. */
export function githubServer(): URL {
  return webAddress(process.env.GITHUB_SERVER_URL || "https://github.com");
}
