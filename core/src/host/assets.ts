import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** In the repository, two folders above this file's; in a built package, beside the built files. */
const root = existsSync(join(import.meta.dirname, "templates"))
  ? import.meta.dirname
  : join(import.meta.dirname, "..", "..", "..");

/** The folder of the Python that is sent into kernels and containers. */
export const agentFolder = existsSync(join(root, "agent")) ? join(root, "agent") : join(root, "core", "agent");

/** Every Handlebars text below `templates/`, by its path there. */
export function loadTemplates(): ReadonlyMap<string, string> {
  const folder = join(root, "templates");
  const texts = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (entry.endsWith(".hbs")) texts.set(entry.replaceAll("\\", "/"), readFileSync(join(folder, entry), "utf8"));
  }
  return texts;
}

/** The WebAssembly of the parser and of its grammar. */
export function loadGrammar(): { readonly runtime: Uint8Array; readonly python: Uint8Array } {
  return {
    runtime: readPackageFile("web-tree-sitter", "web-tree-sitter.wasm"),
    python: readPackageFile("tree-sitter-python", "tree-sitter-python.wasm"),
  };
}

function readPackageFile(name: string, file: string): Uint8Array {
  const bundled = join(root, "wasm", file);
  if (existsSync(bundled)) return readFileSync(bundled);
  return readFileSync(createRequire(import.meta.url).resolve(`${name}/${file}`));
}
