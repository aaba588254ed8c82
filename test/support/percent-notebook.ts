import { loadGrammar } from "../../core/src/host/assets.ts";
import type { ReadProjectFile } from "../../core/src/inclusion/inclusion.ts";
import { readNotebook } from "../../core/src/notebook/read.ts";
import { createPythonParser } from "../../core/src/python/parser.ts";
import { analyseNotebook } from "../../core/src/rules/analyse.ts";
import type { Analysis } from "../../core/src/rules/analysis.ts";
import { notebookText } from "./notebooks.ts";

const parser = createPythonParser(loadGrammar());

/**
 * Analyses a notebook that a person can read: cells begin with `# %%`, text cells with `# %% [markdown]`, and what a cell
 * printed when it ran stands behind it in lines that begin with `#> `.
 */
export async function analysePercentNotebook(
  text: string,
  path: string,
  readFile?: ReadProjectFile,
): Promise<Analysis> {
  const cells = text
    .split(/^# %%/m)
    .slice(1)
    .map((part) => {
      const [head = "", ...lines] = part.trim().split("\n");
      const printed = lines.filter((line) => line.startsWith("#> ")).map((line) => `${line.slice(3)}\n`);
      const body = lines.filter((line) => !line.startsWith("#> "));
      if (part.startsWith(" [markdown]")) {
        return { kind: "markdown" as const, source: body.map((line) => line.replace(/^# ?/, "")).join("\n") };
      }
      const source = part.startsWith("\n") ? [head, ...body].join("\n") : body.join("\n");
      const outputs = printed.length === 0 ? [] : [{ output_type: "stream", name: "stdout", text: printed }];
      return { source: source.trim(), outputs };
    });
  return analyseNotebook(readNotebook(notebookText(cells), path), await parser, readFile);
}
