/** Builds the VS Code extension into `extension/dist`, and packages it as a VSIX that runs on every platform. */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const extension = join(root, "extension");

/** What a packaged extension holds besides what is built. */
const files = ["package.json", "README.md", "CHANGELOG.md", "LICENSE", ".vscodeignore", "media"];

/** What must never be in the bundle: it would need another VSIX for each platform. */
const native = /node_modules\/(zeromq|dockerode|ssh2|cpu-features)\/|\.node$/;

/** Builds the extension where its sources lie, or whole into another folder. */
export async function buildExtension(folder = extension): Promise<void> {
  const out = join(folder, "dist");
  rmSync(out, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: [join(extension, "src", "extension.ts")],
    outfile: join(out, "extension.cjs"),
    bundle: true,
    // Extension hosts load CommonJS; the sources ask for their place as modules do.
    format: "cjs",
    define: { "import.meta.dirname": "__dirname", "import.meta.url": "importMetaUrl" },
    banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    platform: "node",
    target: "node22",
    external: ["vscode"],
    minify: true,
    keepNames: true,
    metafile: true,
    logLevel: "warning",
  });
  const unwanted = Object.entries(metafile.outputs)
    .flatMap(([, output]) => Object.entries(output.inputs))
    .filter(([input, { bytesInOutput }]) => native.test(input) && bytesInOutput > 0);
  if (unwanted.length > 0)
    throw new Error(`Native code in the extension: ${unwanted.map(([input]) => input).join(", ")}`);
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
