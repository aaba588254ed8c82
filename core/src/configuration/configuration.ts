import picomatch from "picomatch";

/** Options of a command, as the file names them: `{"as-of": "2024-03-01"}`. */
export type CommandOptions = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What a project says about Reprise: `reprise.toml`, or `[tool.reprise]` of a `pyproject.toml`. */
export interface Configuration {
  /** The file that it stands in. */
  readonly file: string;
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly failOn?: "error" | "warning" | "info" | "never";
  readonly severity?: Readonly<Record<string, "error" | "warning" | "info">>;
  /** By pattern of paths, seen from the file's folder. */
  readonly perFileIgnores?: Readonly<Record<string, readonly string[]>>;
  readonly commands: Readonly<Record<string, CommandOptions>>;
  /** Where a key stands in the file, from 1. */
  lineOf(path: readonly string[]): number;
}

/** What is ignored in one notebook: `path` is seen from the configuration's folder, with forward slashes. */
export function ignoredIn({ ignore = [], perFileIgnores = {} }: Configuration, path: string): readonly string[] {
  const own = Object.entries(perFileIgnores).flatMap(([pattern, rules]) =>
    // As in .gitignore: a pattern without a slash is for files in any folder.
    picomatch.isMatch(path, pattern.includes("/") ? pattern : `**/${pattern}`, { dot: true }) ? rules : [],
  );
  return [...ignore, ...own];
}
