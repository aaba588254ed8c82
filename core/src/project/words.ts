const word = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** Everything in a text that could be a Python name: more than there are, never fewer. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(word) ?? []);
}

/** The first name that is not taken: `name`, then `name` with each ending, then with numbers. */
export function freshName(name: string, taken: { has(name: string): boolean }, ending = "value"): string {
  if (!taken.has(name)) return name;
  const second = `${name}_${ending}`;
  for (let count = 2, next = second; ; count++, next = `${second}_${count}`) if (!taken.has(next)) return next;
}

/** A file name or Python name made of a text: lower case, words joined by underscores, at most 40 characters. */
export function slug(text: string, otherwise: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let made = "";
  for (const each of words) {
    if (made.length + each.length > 40) break;
    made += made === "" ? each : `_${each}`;
  }
  return made === "" ? otherwise : made;
}
