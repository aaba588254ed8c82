import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import type { Workspace } from "@astral-sh/ruff-wasm-nodejs";
import type { FormatterSettings, PythonFormatter } from "../project/project.ts";
import { lineLength, lintRules } from "../project/python-style.ts";
import { LineIndex } from "../text/position.ts";

interface RuffEdit {
  readonly content: string | null;
  readonly location: { readonly row: number; readonly column: number };
  readonly end_location: { readonly row: number; readonly column: number };
}

interface RuffDiagnostic {
  readonly code: string | null;
  readonly message: string;
  readonly fix: { readonly edits: readonly RuffEdit[] } | null;
}

/** The only rules whose fixes are applied: they never touch what the author wrote, only the imports above it. */
const fixed: readonly string[] = ["F401", "I001"];

/** Removing an import can make another one unused; in practice two passes settle a file. */
const mostPasses = 10;

/** ruff's own formatter and linter, compiled to WebAssembly; loaded on first use. */
export function createPythonFormatter(): PythonFormatter {
  const workspaces = new Map<string, Workspace>();

  function workspace(settings: FormatterSettings, select: readonly string[]): Workspace {
    const own = [settings.firstParty, ...(settings.localModules ?? [])];
    const key = [...own, settings.python, ...select].join(" ");
    let made = workspaces.get(key);
    if (made === undefined) {
      // A conversion formats for a tenth of a second: V8's optimising compiler would take a whole second on ruff's ten
      // megabytes meanwhile, and the process waits for it. Its baseline compiler is enough.
      setFlagsFromString("--no-wasm-tier-up");
      setFlagsFromString("--no-wasm-dynamic-tiering");
      const ruff = createRequire(import.meta.url)(
        "@astral-sh/ruff-wasm-nodejs",
      ) as typeof import("@astral-sh/ruff-wasm-nodejs");
      made = new ruff.Workspace(
        {
          "line-length": lineLength,
          "target-version": `py${settings.python.replace(".", "")}`,
          lint: { select, isort: { "known-first-party": own } },
        },
        ruff.PositionEncoding.Utf16,
      );
      workspaces.set(key, made);
    }
    return made;
  }

  return {
    format(text, settings) {
      const ruff = workspace(settings, fixed);
      let tidy = text;
      for (let pass = 0; pass < mostPasses; pass++) {
        const found = ruff.check(tidy) as readonly RuffDiagnostic[];
        const mended = applyFixes(tidy, found);
        if (mended === tidy) break;
        tidy = mended;
      }
      return ruff.format(tidy);
    },
    brokenRules(text, settings) {
      const found = workspace(settings, lintRules).check(text) as readonly RuffDiagnostic[];
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
