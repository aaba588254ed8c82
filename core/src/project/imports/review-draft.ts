import type { PythonParser } from "../../python/ast.ts";
import { hasMarks } from "../origin-marks.ts";
import type { FormatterSettings } from "../project.ts";
import { isDoubtfulCode } from "./doubtful-code.ts";
import { type ModuleNames, moduleNames } from "./module-names.ts";
import { tidyImports } from "./tidy-imports.ts";
import { wordsOfCode } from "./words-of-code.ts";

/** A draft, as far as it can be made tidy without a linter. */
export interface ReviewedDraft {
  readonly text: string;
  /** False where a linter would change nothing, and find no more than `brokenRules` in the author's code. */
  readonly needsLinter: boolean;
  readonly brokenRules: readonly string[];
}

/**
 * Tidies the imports of a generated module and looks whether its code may break a rule of `lintRules`. To load ruff's
 * linter takes a third as long as a conversion: most modules never need it.
 */
export function reviewDraft(draft: string, settings: FormatterSettings, parser: PythonParser): ReviewedDraft {
  const { firstParty, localModules = [], python } = settings;
  const names = hasMarks(draft) ? namesOfAuthor(draft, parser) : { read: wordsOfCode(draft), haveIdle: false };
  const tidy = names && tidyImports(draft, { python, own: [firstParty, ...localModules] }, names.read);
  if (tidy === undefined) return { text: draft, needsLinter: true, brokenRules: [] };
  return { text: tidy, needsLinter: false, brokenRules: names?.haveIdle ? ["F841"] : [] };
}

/** What an author tells a linter or a formatter. */
const directive = /#\s*(?:noqa|ruff|flake8|isort|fmt|yapf)\b/i;

/** The names in a module with an author's code; nothing where that code may break a rule that only a linter tells. */
function namesOfAuthor(draft: string, parser: PythonParser): ModuleNames | undefined {
  if (directive.test(draft)) return undefined;
  const module = parser.parse(draft);
  if (module.errors.length > 0 || isDoubtfulCode(module)) return undefined;
  const names = moduleNames(module);
  return names.areDoubtful ? undefined : names;
}
