/** How a query begins that only reads. The name of a table is one too. */
const reading = /^[\s(]*(?:select|with|show|describe|explain|values|from|pragma\s+\w+\s*(?:\(|;|$)|[\w.]+\s*$)/i;

/** What `with` or a name alone may hide. */
const writing =
  /\b(?:insert|update|delete|drop|create|alter|replace|truncate|merge|attach|call|exec|begin|commit|rollback|savepoint)\b/i;

/** Whether a text in SQL only asks, and changes nothing. What nobody knows changes something. */
export function isReadingQuery(text: string): boolean {
  const code = text.replace(/--.*|'[^']*'|"[^"]*"/g, "");
  return reading.test(code) && !writing.test(code);
}
