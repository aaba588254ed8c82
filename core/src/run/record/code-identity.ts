import { dirname } from "node:path";
import { runProcess } from "../../host/child-process.ts";
import type { CodeIdentity } from "./record.ts";

/** The commit that a file or folder stands in; absent outside a repository, or where there is no git. */
export async function gitIdentity(path: string, isFolder = false): Promise<CodeIdentity["git"]> {
  const folder = isFolder ? path : dirname(path);
  const git = async (...args: string[]): Promise<string | undefined> => {
    // A look must not get into the way of a commit that is being made.
    const done = await runProcess("git", ["--no-optional-locks", "-C", folder, ...args]).catch(() => undefined);
    return done?.code === 0 ? done.stdout.trim() : undefined;
  };
  const [commit, branch, remote, status] = await Promise.all([
    git("rev-parse", "HEAD"),
    git("symbolic-ref", "--short", "-q", "HEAD"),
    git("config", "--get", "remote.origin.url"),
    // The whole repository as it is tracked, and this path even where it is not.
    Promise.all([git("status", "--porcelain", "--untracked-files=no"), git("status", "--porcelain", "--", path)]),
  ]);
  if (commit === undefined) return undefined;
  return {
    commit,
    ...(branch && { branch }),
    ...(remote && { remote: withoutCredentials(remote) }),
    dirty: status.some((text) => text !== ""),
  };
}

/** `https://user:token@host/x.git` without what stands before the `@`. */
function withoutCredentials(remote: string): string {
  return remote.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, "$1");
}
