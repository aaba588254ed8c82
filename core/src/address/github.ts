import { ProblemError } from "../problem/problem.ts";
import { type Address, githubServer } from "./address.ts";
import { fetchWeb, statusProblem } from "./web.ts";

/** A file in a repository; `rest` holds branch and path, whose border only the server knows: branches may have slashes. */
interface RepositoryFile {
  readonly owner: string;
  readonly repository: string;
  readonly rest: readonly string[];
}

/** How many parts of `rest` may belong to the branch. */
const longestBranch = 4;

/**
 * Reads a file by the address of its page (`.../blob/main/a.ipynb`) or of its text (`raw.githubusercontent.com`). With
 * GITHUB_TOKEN or GH_TOKEN through GitHub's interface, so that private repositories can be read. Throws as `askWeb`,
 * ProblemError RP367 for a page that is no file's.
 */
export async function readGithub(address: Address, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const file = fileOf(new URL(address.text));
  if (file === undefined) {
    throw new ProblemError({
      id: "RP367",
      message: `${address.shown} is not the page of a file on GitHub`,
      mend: "Open the notebook there and take its address: https://github.com/OWNER/REPOSITORY/blob/BRANCH/PATH.ipynb.",
    });
  }
  const token = process.env.GITHUB_TOKEN || process.env.GH_TOKEN;
  const { owner, repository, rest } = file;
  const text = `${rawServer()}/${[owner, repository, ...rest].join("/")}`;
  if (!token) {
    const answer = await fetchWeb({ ...address, text }, { signal });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    throw githubProblem(address, answer, "if the repository is private, set GITHUB_TOKEN to a token that may read it");
  }
  for (let parts = 1; ; parts++) {
    const [branch, path] = [rest.slice(0, parts).join("/"), rest.slice(parts).join("/")];
    const url = `${apiServer()}/repos/${owner}/${repository}/contents/${path}?ref=${encodeURIComponent(branch)}`;
    const headers = { authorization: `Bearer ${token}`, accept: "application/vnd.github.raw+json" };
    const answer = await fetchWeb({ ...address, text: url }, { headers, signal });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    if (answer.status !== 404 || parts >= Math.min(longestBranch, rest.length - 1)) {
      throw githubProblem(address, answer, "the token in GITHUB_TOKEN may not be allowed to read a private repository");
    }
  }
}

function fileOf(url: URL): RepositoryFile | undefined {
  const [owner, repository, ...parts] = url.pathname.split("/").filter(Boolean);
  if (owner === undefined || repository === undefined) return undefined;
  const isPage = ["blob", "raw"].includes(parts[0] ?? "") && url.host !== "raw.githubusercontent.com";
  const rest = isPage ? parts.slice(1) : url.host === "raw.githubusercontent.com" ? parts : [];
  // `refs/heads/main` is how newer raw addresses write a branch.
  const plain = rest[0] === "refs" && ["heads", "tags"].includes(rest[1] ?? "") ? rest.slice(2) : rest;
  return plain.length < 2 ? undefined : { owner, repository, rest: plain };
}

function rawServer(): string {
  const server = githubServer();
  return server.host === "github.com" ? "https://raw.githubusercontent.com" : `${server.origin}/raw`;
}

/** As in GitHub's actions. */
function apiServer(): string {
  const server = githubServer();
  const known = server.host === "github.com" ? "https://api.github.com" : `${server.origin}/api/v3`;
  return process.env.GITHUB_API_URL || known;
}

/** GitHub says that there is nothing also of what the caller may not see. */
function githubProblem(address: Address, answer: Response, hint: string): ProblemError {
  const { problem } = statusProblem(address, answer);
  if (answer.status !== 404 && answer.status !== 401) return new ProblemError(problem);
  return new ProblemError({ ...problem, mend: `Check the address; ${hint}.` });
}
