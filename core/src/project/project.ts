import type { StatementId } from "../dataflow/model.ts";
/** The generated files, with where each line came from. */
export interface Project {
  readonly package: string;
  /** `3.11`. */
  readonly python: string;
  /** By path below the project's folder, with forward slashes. */
  readonly files: ReadonlyMap<string, ProjectFile>;
  /** Files that go along as they are (packages that no index has): by path below the folder, where they lie here. */
  readonly copies: ReadonlyMap<string, string>;
  /** In the order they run: what a scheduler has to know of each. */
  readonly stages: readonly ProjectStage[];
  /** What was generated, as the base of the next merge (JSON); absent for a project that nobody will convert again. */
  readonly base?: string;
}

/** A stage of the generated project, as `python -m PACKAGE NAME` runs it. */
export interface ProjectStage {
  readonly name: string;
  readonly title: string;
  /** `titanic.train:train`. */
  readonly function: string;
  /** The stages whose values it loads. */
  readonly needs: readonly string[];
  /** Names of the parameters that change what it computes. */
  readonly parameters: readonly string[];
  /** Names of the numbers that it writes to `metrics.json`. */
  readonly metrics: readonly string[];
  /** The project's files that it runs, by path below the project's folder. */
  readonly code: readonly string[];
  /** The notebook's files that it reads, by path below the project's folder. */
  readonly data: readonly string[];
}

export interface ProjectFile {
  readonly text: string;
  /** Which lines came from which cell; in the order of the file. */
  readonly origins: readonly LineOrigin[];
}

/** Lines `first` to `last` of a generated file (from 1) came from those lines of a cell. */
export interface LineOrigin {
  readonly first: number;
  readonly last: number;
  readonly cell: number;
  readonly cellFirst: number;
  readonly cellLast: number;
}

/** Makes Python text tidy (ruff in the product); given from outside, because it needs WebAssembly. */
export interface PythonFormatter {
  /**
   * Sorts imports, removes unused ones, formats, and takes out the marks that tell where lines came from. Throws for
   * text that is not Python.
   */
  format(draft: string, settings: FormatterSettings): Promise<FormattedPython>;
}

/** A finished file of Python. */
export interface FormattedPython {
  readonly text: string;
  /** For each of its lines that is not blank, in order, the statement of the notebook that it came from. */
  readonly statements: readonly (StatementId | undefined)[];
  /** The codes of the lint rules that the author's code in it breaks, such as `E711`; sorted, each once. */
  readonly brokenRules: readonly string[];
}

export interface FormatterSettings {
  /** The package whose imports are sorted as the project's own. */
  readonly firstParty: string;
  /** Modules that the project brings along beside its package: sorted as its own too. */
  readonly localModules?: readonly string[];
  /** `3.11`: the oldest Python that the text must run on. */
  readonly python: string;
}

/** Handlebars texts, or what was compiled of them, by path below `templates/`, such as `project/README.md.hbs`. */
export type Templates = ReadonlyMap<string, string | TemplateSpecification>;
