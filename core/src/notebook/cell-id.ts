/**
 * An id for a cell (nbformat 4.5: 1 to 64 letters, digits, `-`, `_`) that is not taken yet, and takes it.
 * Made from `seed` alone, so that the same notebook written twice is the same file.
 */
export function freshId(seed: string, taken: Set<string>): string {
  for (let attempt = 0; ; attempt++) {
    const id = hash(`${attempt} ${seed}`).toString(16).padStart(8, "0");
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
