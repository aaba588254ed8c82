import type { FormatterSettings, PythonFormatter } from "../project/project.ts";
import { lintRules } from "../project/python-style.ts";
import { LineIndex } from "../text/position.ts";
import { openRuff, type Ruff, type RuffDiagnostic } from "./ruff.ts";

/** The only rules whose fixes are applied: they never touch what the author wrote, only the imports above it. */
const fixed: readonly string[] = ["F401", "I001"];

/** Removing an import can make another one unused; in practice two passes settle a file. */
const mostPasses = 10;

/** ruff's own formatter and linter, compiled to WebAssembly; loaded on first use. */
export function createPythonFormatter(): PythonFormatter {
  const opened = new Map<string, Ruff>();

  function ruffFor(settings: FormatterSettings, select: readonly string[]): Ruff {
    const own = [settings.firstParty, ...(settings.localModules ?? [])];
    const key = [...own, settings.python, ...select].join(" ");
    let ruff = opened.get(key);
    if (ruff === undefined) {
      ruff = openRuff({ python: settings.python, firstParty: own, select });
      opened.set(key, ruff);
    }
    return ruff;
  }

  return {
    format(text, settings) {
      const ruff = ruffFor(settings, fixed);
      let tidy = text;
      for (let pass = 0; pass < mostPasses; pass++) {
        const mended = applyFixes(tidy, ruff.check(tidy));
        if (mended === tidy) break;
        tidy = mended;
      }
      return ruff.format(tidy);
    },
    layOut: (text, settings) => ruffFor(settings, fixed).format(text),
    brokenRules(text, settings) {
      const found = ruffFor(settings, lintRules).check(text);
      return [...new Set(found.map((each) => each.code ?? each.message))].sort();
    },
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
