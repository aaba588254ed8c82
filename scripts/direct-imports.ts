import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "esbuild";

/** The modules that define names, by name, for a module that only hands others on. */
function definitionsOf(barrel: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, names, path = ""] of readFileSync(barrel, "utf8").matchAll(
    /^export (?:\*|\{([^}]*)\}) from "(\..+)";$/gm,
  )) {
    const file = join(dirname(barrel), path);
    if (names !== undefined) {
      for (const name of valuesIn(names)) found.set(name, file);
      continue;
    }
    const text = readFileSync(file, "utf8");
    const definition = /^export (?:default )?(?:abstract )?(?:async )?(?:function\*?|const|let|class) (\w+)/gm;
    for (const [, name = ""] of text.matchAll(definition)) found.set(name, file);
  }
  return found;
}

/**
 * Lets the command line import from the modules that define what it names, in place of core's index. esbuild cuts a
 * program into chunks by the files that each command reaches, and through the index each reaches all: `--help` would
 * load the effects of every library, and `analyze` what makes a page of a run.
 */
export function directImports(folder: string, barrels: Readonly<Record<string, string>>): Plugin {
  return {
    name: "direct-imports",
    setup(build) {
      const definitions = new Map(Object.entries(barrels).map(([name, file]) => [name, definitionsOf(file)]));
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!path.startsWith(folder)) return undefined;
        const contents = readFileSync(path, "utf8").replaceAll(
          /^import \{([^}]*)\} from "([^"]+)";$/gm,
          (statement, names: string, from: string) => {
            const known = definitions.get(from);
            return known === undefined ? statement : directly(names, known, statement);
          },
        );
        return { contents, loader: "ts" };
      });
    },
  };
}

/** One import for each name; types need none in a build, and what is defined elsewhere stays with the index. */
function directly(names: string, definitions: ReadonlyMap<string, string>, statement: string): string {
  const lines = valuesIn(names).map((name) => {
    const file = definitions.get(name.split(" as ", 1)[0] as string);
    return file === undefined ? undefined : `import { ${name} } from ${JSON.stringify(file)};`;
  });
  if (lines.includes(undefined)) return statement;
  // As many lines as before: traces of bugs name lines.
  return lines.join(" ") + "\n".repeat(statement.split("\n").length - 1);
}

/** What is no type, of the names between the brackets of an import or export. */
function valuesIn(names: string): readonly string[] {
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "));
}
