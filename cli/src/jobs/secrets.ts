import { parseSecret, readSecrets, SecretMask } from "@reprise/core/node";
import type { Call } from "../execute.ts";
import { hideFromNowOn } from "../terminal/hidden.ts";

/** The secrets of `--secret`, found and from now on hidden in whatever is printed. Throws ProblemError RP148. */
export async function openSecrets(
  { secret = [] }: { readonly secret?: readonly string[] },
  call: Call,
): Promise<{ readonly secrets?: Readonly<Record<string, string>> }> {
  if (secret.length === 0) return {};
  const secrets = await readSecrets(secret.map(parseSecret), call);
  hideFromNowOn(new SecretMask(secrets));
  return { secrets };
}
