/** Builds what is published: the command line into `cli/dist`, with everything it reads beside it, and the extension. */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { buildExtension, packageExtension } from "./build-extension.ts";

const root = join(import.meta.dirname, "..");
const out = join(root, "cli", "dist");

/** Packages that stay packages: native code, WebAssembly that loads itself, optional parts. cli/package.json names them. */
const external = ["zeromq", "dockerode", "@astral-sh/ruff-wasm-nodejs"];

export async function buildCommandLine(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  await build({
    entryPoints: [join(root, "cli", "src", "main.ts")],
    outdir: out,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    external,
    // CommonJS packages inside the bundle ask for Node's own modules by `require`.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    logLevel: "warning",
  });
  cpSync(join(root, "templates"), join(out, "templates"), { recursive: true });
  cpSync(join(root, "core", "agent"), join(out, "agent"), {
    recursive: true,
    filter: (path) => !path.includes("__pycache__"),
  });
  mkdirSync(join(out, "wasm"));
  for (const file of ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-python/tree-sitter-python.wasm"]) {
    cpSync(join(root, "node_modules", file), join(out, "wasm", basename(file)));
  }
}

if (import.meta.main) {
  await buildCommandLine();
  await buildExtension();
  await packageExtension(join(root, "extension", "reprise.vsix"));
}
