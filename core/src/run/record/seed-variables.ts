/** What must be set before an interpreter starts, so that its text hashes are those of the seed. */
export function seedVariables(seed: number | undefined): Readonly<Record<string, string>> {
  return seed === undefined ? {} : { PYTHONHASHSEED: String(((seed % 2 ** 32) + 2 ** 32) % 2 ** 32) };
}
