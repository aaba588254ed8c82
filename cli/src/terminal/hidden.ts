import type { SecretMask } from "@reprise/core/node";

let mask: SecretMask | undefined;

/** From now on nothing that this process prints shows these secrets: the last line of defence, behind all others. */
export function hideFromNowOn(secrets: SecretMask): void {
  mask = secrets;
}

/** A text as it may be printed. */
export const hidden = (text: string): string => mask?.text(text) ?? text;
