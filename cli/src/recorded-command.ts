import { isAddress, withoutSecrets } from "@reprise/core/node";

/** Names of variables whose values are nobody's business. */
const sensitive = /secret|token|passw|pwd|credential|api_?key|access_?key|private|auth/i;

/**
 * The call as it is recorded: everybody who may look at a run sees it. Addresses lose what opens them, and `--env` the
 * values of variables that are called as secrets are; `--secret` never has any.
 */
export function recordedCommand(words: readonly string[] = process.argv.slice(2)): readonly string[] {
  return ["reprise", ...words.map((word, at) => recorded(word, words[at - 1]))];
}

function recorded(word: string, before: string | undefined): string {
  const [, flag = "", rest = word] = /^(--[a-z-]+=)(.*)$/s.exec(word) ?? [];
  if (flag === "--env=" || before === "--env") {
    const name = /^[^=]*/.exec(rest)?.[0] ?? "";
    return sensitive.test(name) && rest.includes("=") ? `${flag}${name}=***` : word;
  }
  return isAddress(rest) ? `${flag}${withoutSecrets(rest)}` : word;
}
