import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * The SHA-256 of a text's UTF-8, in hexadecimal. Imported as `#sha256`: in Node that is `host/sha256.ts`, which takes a
 * tenth of the time, and elsewhere this one (see `imports` in package.json).
 */
export function sha256(text: string): string {
  return bytesToHex(digest(utf8ToBytes(text)));
}
