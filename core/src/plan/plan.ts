import type { StatementId } from "../dataflow/model.ts";
import type { Interval } from "../effects/domain.ts";
import type { Finding } from "../rules/finding.ts";

/**
 * How a notebook becomes a pipeline: plain JSON that a person can read and edit (`convert --plan FILE`).
 * Everything is named by statements (`3.1`: second top-level statement of the cell at index 3) or by a piece of a cell.
 */
export interface PipelinePlan {
  readonly schema: "reprise.plan/1";
  readonly notebook: { readonly path: string; readonly sha256: string; readonly title: string };
  /** A Python identifier. */
  readonly package: string;
  /** Cells in the order that the pipeline follows, and why this order. */
  readonly order: { readonly cells: readonly number[]; readonly why: string };
  readonly parameters: readonly Parameter[];
  /** In the order they run. */
  readonly stages: readonly Stage[];
  readonly artifacts: readonly Artifact[];
  readonly modules: readonly DefinitionModule[];
  /** Statements that set up the process (rcParams, options, warnings); every stage begins with them. */
  readonly settings: readonly StatementId[];
  /** Imports, wherever they stood; each module gets those that it uses. */
  readonly imports: readonly StatementId[];
  readonly metrics: readonly Metric[];
  readonly seeding: Seeding;
  readonly leftOut: readonly LeftOut[];
  /** Why the stages are cut where they are; for the README and for whoever edits the plan. */
  readonly notes: readonly string[];
}

/** A value that a run can be given. */
export interface Parameter {
  readonly name: string;
  /** `number`: whole or not, as the notebook wrote it (`C=1`). */
  readonly type: "str" | "int" | "float" | "number" | "bool" | "list" | "dict" | "none";
  /** `None` may be given too. */
  readonly optional?: boolean;
  /** Between what the functions that it is given to take it, as far as that is known. */
  readonly bounds?: Interval;
  /** The only texts that they take; with bounds too, a number between these will do as well. */
  readonly choices?: readonly string[];
  /** As JSON; `NaN` and infinities as text. Empty for a secret: no file of the project holds it, the environment does. */
  readonly default: JsonValue;
  readonly help: string;
  readonly origin: "tag" | "constant" | "seed" | "path" | "user" | "secret";
  /** The cell it came from. */
  readonly cell: number;
  /** The assignment that it replaces (`n_trees = 200`): left out of its stage. */
  readonly replaces?: StatementId;
  /**
   * Expressions that become `params.<name>`: names bound by `replaces`, or literals (`random_state=0`). Not those in
   * definition modules: there the name is lifted (`Lift.globals`), and a literal is that of a class's attribute, which is
   * set before a stage begins.
   */
  readonly uses: readonly CodeUse[];
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * A piece of a cell's source by UTF-16 offsets, `end` excluded, with the statement that it stands in. In a cell that runs
 * files, a piece of its Python with theirs in place (`inclusion/`).
 */
export interface CodeUse {
  readonly statement: StatementId;
  readonly start: number;
  readonly end: number;
  /** The piece is a call that is given it as this keyword, besides what it is given. */
  readonly keyword?: string;
}

export interface Stage {
  /** `train`: also the module and the function. */
  readonly name: string;
  /** The notebook's heading, or a sentence. */
  readonly title: string;
  /**
   * In the order of the pipeline. A definition that cannot move to a module (it binds globals, or reads values that the
   * notebook computes in a way that cannot be handed to it) stands in every stage that uses it, as a local function.
   */
  readonly statements: readonly StatementId[];
  /** Names it is given, in the order of its function's parameters. */
  readonly inputs: readonly StageInput[];
  /** Names it returns; some only pass through, because they share objects with names that it changes. */
  readonly outputs: readonly string[];
  /** Nothing depends on it: exploration, tables, figures. */
  readonly isReport: boolean;
  /** Stages that must have run before it although it takes no value of theirs: it reads files that they write. */
  readonly after?: readonly string[];
}

export interface StageInput {
  readonly name: string;
  /** The stage that made this version of it; for a report not always the newest version. */
  readonly from: string;
}

/** What crosses stages, in one file. Names that share objects are in one artifact, so that they still share after it. */
export interface Artifact {
  readonly name: string;
  readonly names: readonly string[];
  /** By `auto` the project's artifacts.py chooses by the value's type when it saves. */
  readonly format: "auto" | "parquet" | "npy" | "json" | "joblib" | "safetensors" | "pickle";
  readonly from: string;
  readonly to: readonly string[];
  /** Qualified type of each name where it is known: `pandas.DataFrame`. */
  readonly types: Readonly<Record<string, string>>;
}

/** A module of functions and classes of the notebook. */
export interface DefinitionModule {
  readonly name: string;
  readonly title: string;
  readonly statements: readonly StatementId[];
  readonly lifts: readonly Lift[];
  /** Functions that it has beside those of `statements`; absent where there are none. */
  readonly named?: readonly NamedLambda[];
}

/** A lambda that a saved value holds: a function of that name takes its place, so that every process finds it. */
export interface NamedLambda {
  readonly function: string;
  /** The lambda. */
  readonly use: CodeUse;
}

/** A function that read globals: they become its parameters, and each call hands them on. */
export interface Lift {
  readonly function: string;
  /** Names, in the order in which they are appended to its parameters (keyword arguments in calls). */
  readonly globals: readonly string[];
  /** Calls of it, in stages and in other definitions: the whole call expression. */
  readonly calls: readonly CodeUse[];
}

/** A number that the notebook reported. */
export interface Metric {
  readonly name: string;
  readonly stage: string;
  /** A global name that holds it, or the expression that was printed or displayed. */
  readonly expression: string;
  readonly statement: StatementId;
}

/** How randomness is made repeatable. */
export interface Seeding {
  /** Streams that nothing in the notebook seeds: seeded from `params.seed` at the start of every stage. */
  readonly seeded: readonly ("random" | "numpy" | "torch" | "tensorflow")[];
  /** Streams that the notebook seeds in one stage and draws from in a later one: their state crosses. */
  readonly carried: readonly {
    readonly stream: "random" | "numpy" | "torch" | "tensorflow";
    readonly from: string;
    readonly to: readonly string[];
  }[];
  /** Default of `params.seed`. */
  readonly default: number;
}

export interface LeftOut {
  readonly statement: StatementId;
  readonly why: string;
}

/** A plan, or the reason why there is none. */
export type Planned =
  | {
      readonly outcome: "planned";
      readonly plan: PipelinePlan;
      /** Where a wish was given: what of it cannot be, and why. */
      readonly unfulfilled?: readonly string[];
    }
  | { readonly outcome: "diagnosed"; readonly reasons: readonly Finding[] };
