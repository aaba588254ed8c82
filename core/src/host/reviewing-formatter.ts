import { reviewDraft } from "../project/imports/review-draft.ts";
import type { PythonFormatter } from "../project/project.ts";
import type { PythonParser } from "../python/ast.ts";
import { createPythonParser } from "../python/parser.ts";
import { loadGrammar } from "./assets.ts";
import type { RuffFormatter } from "./ruff-formatter.ts";

/**
 * A formatter that asks ruff's linter only where it may have something to say. With a `parser` that is there already,
 * ruff is asked before `format` returns.
 */
export function reviewingFormatter(ruff: RuffFormatter, given?: PythonParser): PythonFormatter {
  let parser = given;
  let loading: Promise<PythonParser> | undefined;
  return {
    async format(draft, settings) {
      if (parser === undefined) {
        loading ??= createPythonParser(loadGrammar());
        parser = await loading;
      }
      const { text, needsLinter, brokenRules } = reviewDraft(draft, settings, parser);
      const formatted = await ruff({ draft: text, settings, needsLinter });
      return needsLinter ? formatted : { ...formatted, brokenRules };
    },
  };
}
