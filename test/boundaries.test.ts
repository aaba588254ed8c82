import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..");
const source = join(root, "core", "src");

/** The flow: a folder imports only from itself and from those before it. */
const pure = [
  "text",
  "problem",
  "configuration",
  "notebook",
  "ipython",
  "python",
  "text-notebook",
  "inclusion",
  "effects",
  "dataflow",
  "orders",
  "rules",
  "fix",
  "plan",
  "cell-cache",
  "graph",
  "project",
  "targets",
];
const worldly = [
  "host",
  "environment",
  "address",
  "secret",
  "kernel",
  "engine",
  "run",
  "verify",
  "tracking",
  "batch",
  "run-page",
];
const flow = [...pure, ...worldly];

/** Every specifier that a file imports or re-exports, `import()` and types included. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map((match) => match[1] as string);
}

const files = globSync("**/*.ts", { cwd: source }).map((file) => file.replaceAll("\\", "/"));

test("every folder of core stands in the flow", () => {
  const folders = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/", 1)[0] as string));
  assert.deepEqual(
    [...folders].filter((folder) => !flow.includes(folder)),
    [],
  );
  assert.deepEqual(
    flow.filter((folder) => !folders.has(folder)),
    [],
  );
});

test("data flows one way through the folders of core", () => {
  const wrong: string[] = [];
  for (const file of files) {
    const [folder] = file.split("/", 1) as [string];
    if (!flow.includes(folder)) continue;
    for (const specifier of importsOf(join(source, file))) {
      if (!specifier.startsWith(".")) continue;
      const target = relative(source, resolve(source, dirname(file), specifier)).replaceAll("\\", "/");
      const to = target.split("/", 1)[0] as string;
      if (!flow.includes(to) || flow.indexOf(to) > flow.indexOf(folder)) wrong.push(`${file} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("the pure half of core touches neither Node nor an editor", () => {
  const worldlyPackages = /^(node:|vscode$|zeromq|dockerode|env-paths|tar-stream)/;
  const wrong = files
    .filter((file) => pure.includes(file.split("/", 1)[0] as string) || file === "index.ts")
    .flatMap((file) =>
      importsOf(join(source, file))
        .filter((specifier) => worldlyPackages.test(specifier))
        .map((specifier) => `${file} imports ${specifier}`),
    );
  assert.deepEqual(wrong, []);
});

test("core and the command line know no editor", () => {
  const wrong = ["core/src", "cli/src"].flatMap((folder) =>
    globSync("**/*.ts", { cwd: join(root, folder) }).filter((file) =>
      importsOf(join(root, folder, file)).includes("vscode"),
    ),
  );
  assert.deepEqual(wrong, []);
});

test("the faces import core through its two entries", () => {
  const wrong = ["cli/src", "extension/src"].flatMap((folder) =>
    globSync("**/*.ts", { cwd: join(root, folder) }).flatMap((file) =>
      importsOf(join(root, folder, file))
        .filter((specifier) => specifier.includes("core/") && !/^@reprise\/core(\/node)?$/.test(specifier))
        .map((specifier) => `${folder}/${file} imports ${specifier}`),
    ),
  );
  assert.deepEqual(wrong, []);
});
