import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** Shorter than this, a value is read as quickly with the program as later. */
const shortest = 200;

/**
 * Puts the tables of a folder (JSON) into a program as text, each of their values to be parsed when it is first asked
 * for. As objects of JavaScript they would all be made whenever the program starts, and would be a third of the code
 * that V8 keeps of it and reads again with every start; a command needs those of a few libraries.
 */
export function lateTables(folder: string): Plugin {
  return {
    name: "late-tables",
    setup(build) {
      build.onLoad({ filter: /\.json$/ }, ({ path }) => {
        if (!path.startsWith(folder)) return undefined;
        return { contents: `${parsed}export default ${late(JSON.parse(readFileSync(path, "utf8")))};`, loader: "js" };
      });
    },
  };
}

/** In place of the getter that asks for it, a value is there from then on. */
const parsed = `function parsed(table, key, text) {
  const value = JSON.parse(text);
  Object.defineProperty(table, key, { value, enumerable: true });
  return value;
}
`;

/** An expression for a table, or for a list of tables. */
function late(table: unknown): string {
  if (Array.isArray(table)) return `[${table.map(late).join(",")}]`;
  if (typeof table !== "object" || table === null) return JSON.stringify(table);
  const members = Object.entries(table).map(([name, value]) => {
    const key = JSON.stringify(name);
    const text = JSON.stringify(value);
    if (text.length < shortest) return `${key}: ${text}`;
    return `get ${key}() { return parsed(this, ${key}, ${JSON.stringify(text)}); }`;
  });
  return `{${members.join(",")}}`;
}
