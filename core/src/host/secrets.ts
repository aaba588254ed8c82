/** Keeps secrets out of what people see: logs, messages, locks, records. */

/** Addresses with a user and password (`https://bob:secret@host/`) become `https://***@host/`. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>]{1,1000}@/gi, "$1***@");
}

/** Every occurrence of the values becomes `***`. Values shorter than four characters stay: they would hide everything. */
export function maskSecrets(text: string, values: Iterable<string>): string {
  let masked = text;
  // Longest first, so that a secret that contains another is hidden whole.
  for (const value of [...values].sort((a, b) => b.length - a.length)) {
    if (value.length >= 4) masked = masked.replaceAll(value, "***");
  }
  return masked;
}
