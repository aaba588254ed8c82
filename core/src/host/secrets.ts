/** For logs, messages, locks and records. Addresses with a user and password (`https://bob:secret@host/`) become `https://***@host/`. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>]{1,1000}@/gi, "$1***@");
}
