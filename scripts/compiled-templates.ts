import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import Handlebars from "handlebars";
import { compileOptions } from "../core/src/project/render.ts";

/**
 * Puts the templates of projects into a program as the functions that Handlebars makes of them: to compile them takes a
 * tenth of a conversion's time. Reports have parts in common and are compiled where they are used: they stay files.
 */
export function compiledTemplates(module: string, templates: string): Plugin {
  return {
    name: "compiled-templates",
    setup(build) {
      build.onLoad({ filter: /compiled-templates\.ts$/ }, ({ path }) => {
        if (path !== module) return undefined;
        const compiled = globSync("{project,targets,docker}/**/*.hbs", { cwd: templates }).map((file) => {
          const made = Handlebars.precompile(readFileSync(join(templates, file), "utf8"), compileOptions);
          return `${JSON.stringify(file.replaceAll("\\", "/"))}: ${made}`;
        });
        return { contents: `export const compiledTemplates = {${compiled.join(",\n")}};`, loader: "js" };
      });
    },
  };
}
