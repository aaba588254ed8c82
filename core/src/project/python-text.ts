/** A text as a literal of Python: JSON's escapes are Python's too. */
export function pythonText(text: string): string {
  return JSON.stringify(text);
}
