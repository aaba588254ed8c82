/** A text as the inside of a docstring: on one line, and unable to end it. */
export function docstringText(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("\\", "\\\\").replaceAll('"""', "'''").replace(/"$/, "'").trim();
}

/** A line of a docstring over several lines, unable to end it. */
export function docstringLine(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"""', "'''");
}
