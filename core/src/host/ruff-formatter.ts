import { removeMarks } from "../project/origin-marks.ts";
import type { FormattedPython, FormatterSettings } from "../project/project.ts";
import { lintRules } from "../project/python-style.ts";
import { LineIndex } from "../text/position.ts";
import { openRuff, type Ruff, type RuffDiagnostic } from "./ruff.ts";

/** The only rules whose fixes are applied: they never touch what the author wrote, only the imports above it. */
const fixed: readonly string[] = ["F401", "I001"];

/** Removing an import can make another one unused; in practice two passes settle a file. */
const mostPasses = 10;

/** What ruff is asked. */
export interface RuffRequest {
  readonly draft: string;
  readonly settings: FormatterSettings;
  /** Whether its imports are to be sorted, and rules to be found that its code breaks. */
  readonly needsLinter: boolean;
}

/** Formats drafts and takes out their marks. Rejects what is not Python. */
export type RuffFormatter = (request: RuffRequest) => Promise<FormattedPython>;

/** ruff's own formatter and linter, compiled to WebAssembly; loaded on first use. */
export function createRuffFormatter(): RuffFormatter {
  const opened = new Map<string, Ruff>();

  function ruffFor({ firstParty, localModules = [], python }: FormatterSettings): Ruff {
    const own = [firstParty, ...localModules];
    const key = [...own, python].join(" ");
    let ruff = opened.get(key);
    if (ruff === undefined) {
      ruff = openRuff({ python, firstParty: own, select: lintRules });
      opened.set(key, ruff);
    }
    return ruff;
  }

  /** Sorted imports, and none that is not used. */
  function withTidyImports(ruff: Ruff, text: string): string {
    let tidy = text;
    for (let pass = 0; pass < mostPasses; pass++) {
      const found = ruff.check(tidy).filter(({ code }) => code !== null && fixed.includes(code));
      const mended = applyFixes(tidy, found);
      if (mended === tidy) break;
      tidy = mended;
    }
    return tidy;
  }

  return async ({ draft, settings, needsLinter }) => {
    const ruff = ruffFor(settings);
    const marked = ruff.format(needsLinter ? withTidyImports(ruff, draft) : draft);
    const { text, statements } = removeMarks(marked);
    const hasOwnCode = text !== marked;
    // Where a mark stood, a blank line can be missing or too many.
    const finished = hasOwnCode ? ruff.format(text) : marked;
    const found = hasOwnCode && needsLinter ? ruff.check(finished).flatMap(({ code }) => code ?? []) : [];
    return { text: finished, statements, brokenRules: [...new Set(found)].sort() };
  };
}

/** Applies the fixes that do not overlap one before them; the next pass takes the others. */
function applyFixes(text: string, found: readonly RuffDiagnostic[]): string {
  const index = new LineIndex(text);
  const edits = found
    .flatMap((each) => each.fix?.edits ?? [])
    .map((edit) => ({
      start: index.offset({ line: edit.location.row, column: edit.location.column }),
      end: index.offset({ line: edit.end_location.row, column: edit.end_location.column }),
      text: edit.content ?? "",
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let out = "";
  let at = 0;
  for (const edit of edits) {
    if (edit.start < at) continue;
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}
