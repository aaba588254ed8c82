/** A text as the inside of a docstring: on one line, and unable to end it. */
export function docstringText(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("\\", "\\\\").replaceAll('"""', "'''").replace(/"$/, "'").trim();
}
