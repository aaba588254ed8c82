/** The text with the line ends of old machines (a carriage return alone) as CPython reads them; as long as before. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
}
