import { hash } from "node:crypto";

/** The same as `text/sha256.ts`, by Node. */
export function sha256(text: string): string {
  return hash("sha256", text, "hex");
}
