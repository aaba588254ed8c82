import { placeholder, secretNames, tokenFormats } from "./token-formats.ts";

/** Addresses and keys that stand in documentation. */
export function isInvented(text: string): boolean {
  return /example|x{6}|\.\.\.|user:pass|username:password|:password@/i.test(text);
}

/** Whether a text is a secret, or holds one, by how it looks: an issuer's format, a password in an address. */
export function looksSecret(text: string): boolean {
  return tokenFormats.some(({ format }) => [...text.matchAll(format)].some(([found]) => !isInvented(found)));
}

/** Whether a text that has this name is a secret: long enough, without blanks, of several kinds of characters. */
export function isNamedSecret(name: string, text: string): boolean {
  return (
    secretNames.test(name) &&
    text.length >= 8 &&
    text.length < 500 &&
    /^\S+$/.test(text) &&
    /\d/.test(text) &&
    /[A-Za-z]/.test(text) &&
    !placeholder.test(text)
  );
}
