/** How secrets look, by who issues them. Each begins with something fixed, so that looking for them is quick. */
export const tokenFormats: readonly { readonly what: string; readonly format: RegExp }[] = [
  { what: "an access key of Amazon Web Services", format: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { what: "a token of GitHub", format: /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/g },
  { what: "a token of GitHub", format: /\bgithub_pat_[A-Za-z0-9_]{50,255}\b/g },
  { what: "a token of GitLab", format: /\bglpat-[\w-]{20,64}/g },
  { what: "a token of Slack", format: /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}/g },
  { what: "a key of Anthropic", format: /\bsk-ant-[\w-]{20,255}/g },
  { what: "a key of OpenAI", format: /\bsk-(?:proj-|svcacct-)?(?!ant-)[A-Za-z0-9_-]{32,255}/g },
  { what: "a token of Hugging Face", format: /\bhf_[A-Za-z0-9]{30,64}\b/g },
  { what: "a key of Google", format: /\bAIza[\w-]{35}/g },
  { what: "a key of Stripe", format: /\b[rs]k_live_[A-Za-z0-9]{16,255}\b/g },
  { what: "a token of npm", format: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { what: "a token of PyPI", format: /\bpypi-[\w-]{50,255}/g },
  { what: "a token of Databricks", format: /\bdapi[0-9a-f]{32}\b/g },
  { what: "a private key", format: /-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----/g },
  {
    what: "a password in an address",
    format: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'{}$<>]{1,64}:[^\s/@"'{}$<>]{3,128}@[\w.-]/g,
  },
];

/** Names that people give to secrets. */
export const secretNames =
  /^(?:\w{1,40}_)?(?:password|passwd|pwd|secret|secret_key|api_?key|access_?key|access_?token|auth_?token|api_?token)$/i;

/** What stands in documentation in a secret's place. */
export const placeholder =
  /example|your|changeme|placeholder|dummy|redacted|insert|secret|password|^[<{[(]|\.\.\.|(.)\1{4}|^\s*$/i;

/** A text with dots in place of every secret whose form tells that it is one. */
export function withoutTokens(text: string): string {
  return tokenFormats.reduce((clean, { format }) => clean.replace(format, "••••••••"), text);
}
