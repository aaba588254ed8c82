import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { lineLength } from "../project/python-style.ts";
import { webAssemblyFlags } from "./v8-flags.ts";

interface RuffEdit {
  readonly content: string | null;
  readonly location: { readonly row: number; readonly column: number };
  readonly end_location: { readonly row: number; readonly column: number };
}

/** What a lint rule found. */
export interface RuffDiagnostic {
  readonly code: string | null;
  readonly message: string;
  readonly fix: { readonly edits: readonly RuffEdit[] } | null;
}

/** ruff with one set of settings. */
export interface Ruff {
  check(text: string): readonly RuffDiagnostic[];
  /** Throws for text that is not Python. */
  format(text: string): string;
}

export interface RuffSettings {
  /** `3.11`. */
  readonly python: string;
  /** Packages whose imports are sorted as the project's own. */
  readonly firstParty: readonly string[];
  /** Lint rules that `check` looks for. */
  readonly select: readonly string[];
}

/** The Pythons that this ruff knows, by their minor version. */
const [oldestTarget, newestTarget] = [7, 15];

/** What ruff calls a version of Python: the nearest that it knows, for one that is older or newer. */
function targetVersion(python: string): string {
  const minor = Number(python.split(".")[1]);
  return `py3${Math.min(Math.max(minor, oldestTarget), newestTarget)}`;
}

/** Loads ruff's WebAssembly, where this thread has not done so, and makes a workspace with these settings. */
export function openRuff({ python, firstParty, select }: RuffSettings): Ruff {
  for (const flag of webAssemblyFlags) setFlagsFromString(flag);
  const ruff = createRequire(import.meta.url)(
    "@astral-sh/ruff-wasm-nodejs",
  ) as typeof import("@astral-sh/ruff-wasm-nodejs");
  const workspace = new ruff.Workspace(
    {
      "line-length": lineLength,
      "target-version": targetVersion(python),
      lint: { select, isort: { "known-first-party": firstParty } },
    },
    ruff.PositionEncoding.Utf16,
  );
  return {
    check: (text) => workspace.check(text) as readonly RuffDiagnostic[],
    format: (text) => workspace.format(text),
  };
}
