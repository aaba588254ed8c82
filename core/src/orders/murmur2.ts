const multiplier = 0x5bd1e995;

/**
 * MurmurHash2 (32 bit, as on x86) of a text's UTF-8 bytes, as `ipykernel.compiler.murmur2_x86` computes it.
 * https://github.com/aappleby/smhasher/blob/master/src/MurmurHash2.cpp
 */
export function murmur2(text: string, seed: number): number {
  const bytes = utf8(text);
  const whole = bytes.length & ~3;
  const byte = (at: number) => bytes[at] as number;
  let hash = seed ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    const four = byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24);
    let word = Math.imul(four, multiplier);
    word ^= word >>> 24;
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier);
  }
  if (whole < bytes.length) {
    let rest = 0;
    for (let at = bytes.length - 1; at >= whole; at--) rest = (rest << 8) | byte(at);
    hash = Math.imul(hash ^ rest, multiplier);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, multiplier);
  hash ^= hash >>> 15;
  return hash >>> 0;
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text.toWellFormed()) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}
