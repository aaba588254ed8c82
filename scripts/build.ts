/** Builds what is published: the command line into `cli/dist`, with everything it reads beside it, and the extension. */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { type BuildOptions, build, type OutputFile } from "esbuild";
import Handlebars from "handlebars";
import { compileOptions } from "../core/src/project/render.ts";
import { buildExtension, bundledForms, importMeta, importMetaUrl, packageExtension } from "./build-extension.ts";
import { directImports } from "./direct-imports.ts";

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
    bundle: true,
    // Names stay, so that the trace of a bug can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    platform: "node",
    target: "node22",
    external,
    alias: bundledForms,
    plugins: [directImports(join(root, "cli", "src"), barrels)],
    logLevel: "warning",
  };
  const built = await build({
    ...options,
    write: false,
    entryPoints: { program: join(root, "cli", "src", "main.ts") },
    entryNames: "[name]-[hash]",
    outExtension: { ".js": ".cjs" },
    // One file, whose functions V8 can keep compiled (cli/src/compiled-program.ts); what it asks for later it requires.
    format: "cjs",
    supported: { "dynamic-import": false },
    // Its form for modules makes a `require` of its own, which would stand before the bundle's.
    alias: { ...bundledForms, "web-tree-sitter": createRequire(import.meta.url).resolve("web-tree-sitter") },
    define: importMeta,
    banner: { js: importMetaUrl },
    // A part of core that only hands others on would be left out, and with it that these are initialised.
    ignoreAnnotations: true,
  });
  const [program] = built.outputFiles as [OutputFile];
  mkdirSync(out);
  writeFileSync(program.path, inAscii(program.text));
  await build({
    ...options,
    entryPoints: {
      start: join(root, "cli", "src", "start.ts"),
      // A process of its own.
      "formatter-program": join(root, "core", "src", "host", "formatter-program.ts"),
    },
    format: "esm",
    define: { programFile: JSON.stringify(basename(program.path)) },
    // CommonJS packages inside the bundle ask for Node's own modules by `require`.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  cpSync(join(root, "templates"), join(out, "templates"), { recursive: true });
  compileTemplates(join(out, "templates"));
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

/** Compiling them takes a tenth of a conversion's time. Reports have parts in common and are compiled where they are used. */
function compileTemplates(folder: string): void {
  const paths = globSync("{project,targets,docker}/**/*.hbs", { cwd: folder });
  const compiled = paths.map((path) => {
    const specification = Handlebars.precompile(readFileSync(join(folder, path), "utf8"), compileOptions);
    return `${JSON.stringify(path.replaceAll("\\", "/"))}: ${specification}`;
  });
  writeFileSync(join(folder, "compiled.cjs"), `module.exports = {${compiled.join(",\n")}};\n`);
}

if (import.meta.main) {
  await buildCommandLine();
  await buildExtension();
  await packageExtension(join(root, "extension", "reprise.vsix"));
}
