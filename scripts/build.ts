/** Builds what is published: the command line into `cli/dist`, with everything it reads beside it, and the extension. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { type BuildOptions, build, type OutputFile } from "esbuild";
import { afterProgram, beforeProgram } from "../cli/src/compiled-program.ts";
import { buildExtension, bundledForms, importMeta, importMetaUrl, packageExtension } from "./build-extension.ts";
import { compiledTemplates } from "./compiled-templates.ts";
import { directImports } from "./direct-imports.ts";
import { lateTables } from "./late-tables.ts";

const root = join(import.meta.dirname, "..");
const out = join(root, "cli", "dist");

const barrels = {
  "@reprise/core": join(root, "core", "src", "index.ts"),
  "@reprise/core/node": join(root, "core", "src", "node.ts"),
};

/** Packages that stay packages: native code, WebAssembly that loads itself, optional parts. cli/package.json names them. */
const external = ["zeromq", "dockerode", "@astral-sh/ruff-wasm-nodejs"];

/** Builds `cli/dist`: the command line with everything that it reads beside it. */
export async function buildCommandLine(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  const options: BuildOptions = {
    outdir: out,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    // Node begins with modules later than with CommonJS: it reads all of its own that they import, with every name.
    format: "cjs",
    supported: { "dynamic-import": false },
    // Names stay, so that the trace of a bug can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    platform: "node",
    target: "node22",
    external,
    // Its form for modules makes a `require` of its own, which would stand before the bundle's.
    alias: {
      ...bundledForms,
      "web-tree-sitter": createRequire(import.meta.url).resolve("web-tree-sitter"),
      handlebars: "handlebars/runtime",
    },
    define: importMeta,
    banner: { js: importMetaUrl },
    plugins: [
      directImports(join(root, "cli", "src"), barrels),
      lateTables(join(root, "core", "src")),
      compiledTemplates(join(root, "core", "src", "host", "compiled-templates.ts"), join(root, "templates")),
    ],
    logLevel: "warning",
  };
  // One file, whose functions V8 can keep compiled (cli/src/compiled-program.ts); what it asks for later it requires.
  const built = await build({
    ...options,
    write: false,
    entryPoints: { program: join(root, "cli", "src", "main.ts") },
    entryNames: "[name]-[hash]",
    // A part of core that only hands others on would be left out, and with it that these are initialised.
    ignoreAnnotations: true,
  });
  const [program] = built.outputFiles as [OutputFile];
  mkdirSync(out);
  writeFileSync(program.path, beforeProgram + inAscii(program.text) + afterProgram);
  await build({
    ...options,
    entryPoints: {
      start: join(root, "cli", "src", "start.ts"),
      // A process of its own.
      "formatter-program": join(root, "core", "src", "host", "formatter-program.ts"),
    },
    define: { ...importMeta, programFile: JSON.stringify(basename(program.path)) },
  });
  cpSync(join(root, "core", "agent"), join(out, "agent"), {
    recursive: true,
    filter: (path) => !path.includes("__pycache__"),
  });
  // SARIF carries the pages of the rules that it names; editors read the schema of the settings.
  cpSync(join(root, "docs", "rules"), join(out, "rules"), { recursive: true });
  const schema = "reprise.schema.json";
  cpSync(join(root, "core", "src", "configuration", schema), join(out, schema));
  mkdirSync(join(out, "wasm"));
  for (const file of ["web-tree-sitter/web-tree-sitter.wasm", "tree-sitter-python/tree-sitter-python.wasm"]) {
    cpSync(join(root, "node_modules", file), join(out, "wasm", basename(file)));
  }
}

/** esbuild leaves what is not ASCII in regular expressions; V8 reads text that is all ASCII faster. */
function inAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

if (import.meta.main) {
  await buildCommandLine();
  await buildExtension();
  await packageExtension(join(root, "extension", "reprise.vsix"));
}
