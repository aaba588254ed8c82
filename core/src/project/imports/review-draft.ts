import type { PythonParser } from "../../python/ast.ts";
import { hasMarks } from "../origin-marks.ts";
import type { FormatterSettings } from "../project.ts";
import { isDoubtfulCode } from "./doubtful-code.ts";
import { moduleNames } from "./module-names.ts";
import { tidyImports } from "./tidy-imports.ts";
import { wordsOfCode } from "./words-of-code.ts";

/** A draft, as far as it can be made tidy without a linter. */
export interface ReviewedDraft {
  readonly text: string;
  /** False where a linter would change nothing, and find nothing in the author's code. */
  readonly needsLinter: boolean;
}

/**
 * Tidies the imports of a generated module and looks whether its code may break a rule of `lintRules`. To load ruff's
 * linter takes a third as long as a conversion: most modules never need it.
 */
export function reviewDraft(draft: string, settings: FormatterSettings, parser: PythonParser): ReviewedDraft {
  const { firstParty, localModules = [], python } = settings;
  const read = hasMarks(draft) ? namesOfAuthor(draft, parser) : wordsOfCode(draft);
  const tidy = read && tidyImports(draft, { python, own: [firstParty, ...localModules] }, read);
  return tidy === undefined ? { text: draft, needsLinter: true } : { text: tidy, needsLinter: false };
}

/** What an author tells a linter or a formatter. */
const directive = /#\s*(?:noqa|ruff|flake8|isort|fmt|yapf)\b/i;

/** The names that a module with an author's code reads; nothing where that code may break a rule. */
function namesOfAuthor(draft: string, parser: PythonParser): ReadonlySet<string> | undefined {
  if (directive.test(draft)) return undefined;
  const module = parser.parse(draft);
  if (module.errors.length > 0 || isDoubtfulCode(module)) return undefined;
  const { read, areDoubtful } = moduleNames(module);
  return areDoubtful ? undefined : read;
}
