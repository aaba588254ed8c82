/** Builds the VS Code extension into `extension/dist`, and packages it as a VSIX that runs on every platform. */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { build, type Plugin } from "esbuild";

const root = join(import.meta.dirname, "..");
const extension = join(root, "extension");

/** What a packaged extension holds besides what is built. */
const files = ["package.json", "README.md", "CHANGELOG.md", "LICENSE", ".vscodeignore", "media"];

/** Packages with native code: the extension uses no part of core that needs them, which the build checks. */
const native = ["zeromq", "dockerode"];

/** Packages whose CommonJS form loads its own files in a way that no bundler follows. */
export const bundledForms = { "jsonc-parser": "jsonc-parser/lib/esm/main.js" };

/** In a bundle of CommonJS: the sources ask for their place as modules do. */
export const importMeta = {
  "import.meta.dirname": "__dirname",
  "import.meta.filename": "__filename",
  "import.meta.url": "importMetaUrl",
} as const;
export const importMetaUrl = 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;';

/**
 * Core loads some of its parts only when they are needed, and the extension needs none of these. esbuild would wrap all
 * that they use to be initialised later, and then forget to do so for those who import it at once: they stay outside,
 * and the build checks that nothing asks for them.
 */
const partsOnDemand: Plugin = {
  name: "parts-on-demand",
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

/** Builds the extension where its sources lie, or whole into another folder. */
export async function buildExtension(folder = extension): Promise<void> {
  const out = join(folder, "dist");
  rmSync(out, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: {
      extension: join(extension, "src", "extension.ts"),
      // A thread of its own, started from its file.
      "analysis-worker": join(extension, "src", "analysis", "analysis-worker.ts"),
    },
    outdir: out,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    // Extension hosts load CommonJS.
    format: "cjs",
    define: importMeta,
    banner: { js: importMetaUrl },
    platform: "node",
    target: "node22",
    external: ["vscode", ...native],
    alias: bundledForms,
    plugins: [partsOnDemand],
    minify: true,
    keepNames: true,
    metafile: true,
    logLevel: "warning",
  });
  const needed = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const unwanted = needed.filter((path) => native.includes(path) || path.startsWith("."));
  if (unwanted.length > 0) throw new Error(`The extension would need what it does not hold: ${unwanted.join(", ")}`);
  if (folder !== extension) {
    for (const file of files) cpSync(join(extension, file), join(folder, file), { recursive: true });
  }
  mkdirSync(join(out, "wasm"), { recursive: true });
  for (const file of ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-python/tree-sitter-python.wasm"]) {
    cpSync(join(root, "node_modules", file), join(out, "wasm", basename(file)));
  }
  // The ids of rules in the editor lead to these pages.
  cpSync(join(root, "docs", "rules"), join(out, "rules"), { recursive: true });
}

/** Packages what `buildExtension` built in a folder as the VSIX `file`. */
export async function packageExtension(file: string, folder = extension): Promise<void> {
  await createVSIX({ cwd: folder, packagePath: file, dependencies: false, allowMissingRepository: true });
}

if (import.meta.main) {
  await buildExtension();
  await packageExtension(join(extension, "reprise.vsix"));
}
