/** Whether two names have a word of three letters or more in common: `load_rows` and `rowsByDay`. */
export function haveWordInCommon(one: string, other: string): boolean {
  const words = new Set(wordsOf(one));
  return wordsOf(other).some((word) => words.has(word));
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_\d]+/)
    .filter((word) => word.length > 2);
}
