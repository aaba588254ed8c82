import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Templates } from "../project/project.ts";
import { compiledTemplates } from "./compiled-templates.ts";

/** In the repository, two folders above this file's; in a built package, beside the built files. */
const root = existsSync(join(import.meta.dirname, "wasm"))
  ? import.meta.dirname
  : join(import.meta.dirname, "..", "..", "..");

/** The folder of the Python that is sent into kernels and containers. */
export const agentFolder = existsSync(join(root, "agent")) ? join(root, "agent") : join(root, "core", "agent");

/** The page of a rule (docs/rules), in Markdown; nothing where it is not shipped. */
export function rulePage(id: string): string | undefined {
  const folder = existsSync(join(root, "rules")) ? join(root, "rules") : join(root, "docs", "rules");
  const file = join(folder, `${id}.md`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Every Handlebars text below `templates/`, by its path there; in a built package what was compiled of it. */
export function loadTemplates(): Templates {
  if (compiledTemplates !== undefined) return new Map(Object.entries(compiledTemplates));
  const folder = join(root, "templates");
  const found = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = entry.replaceAll("\\", "/");
    if (path.endsWith(".hbs")) found.set(path, readFileSync(join(folder, entry), "utf8"));
  }
  return found;
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
