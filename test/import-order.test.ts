import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const source = join(import.meta.dirname, "..", "core", "src");
const files = globSync("**/*.ts", { cwd: source }).map((file) => join(source, file));
const imported = new Map(files.map((file) => [file, importedBy(file)]));

/** What is loaded with a file: types are gone by then, and `import()` waits until it is called. */
function importedBy(file: string): string[] {
  const text = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...text.matchAll(/^(?:import|export)\s(?!type\s)[^"';]*?from\s*"(\.[^"]+)"|^import\s*"(\.[^"]+)"/gm)].map(
    (match) => resolve(dirname(file), (match[1] ?? match[2]) as string),
  );
}

/** All that is loaded with a file, itself too where it stands in a circle. */
function reachedFrom(file: string): Set<string> {
  const reached = new Set(imported.get(file));
  for (const each of reached) for (const next of imported.get(each) ?? []) reached.add(next);
  return reached;
}

/**
 * Files that import one another in a circle are loaded in an order that depends on which is asked for first; one that
 * uses another's constant while it is loaded fails in some orders only.
 */
test("whichever file of a circle is imported first, it loads", async () => {
  const circular = new Set(files.filter((file) => reachedFrom(file).has(file)));
  assert.ok(circular.size > 0);
  const hooks = registerHooks({
    resolve(specifier, context, nextResolve) {
      const found = nextResolve(specifier, context);
      const anew = context.parentURL === undefined ? "" : new URL(context.parentURL).search;
      const again = anew !== "" && found.url.startsWith("file:") && circular.has(fileURLToPath(found.url));
      return again ? { ...found, url: `${found.url}${anew}` } : found;
    },
  });
  const wrong: string[] = [];
  for (const file of circular) {
    await import(`${pathToFileURL(file).href}?first=${encodeURIComponent(file)}`).catch((error: unknown) =>
      wrong.push(`${file}: ${String(error)}`),
    );
  }
  hooks.deregister();
  assert.deepEqual(wrong, []);
});
