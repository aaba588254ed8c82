/** What the command line answers with `--json`, as far as this extension reads it. */
export interface CliAnswer {
  readonly schema: string;
  readonly outcome: string;
  readonly error?: CliError;
}

export interface CliError {
  readonly id: string;
  readonly message: string;
  readonly mend: string;
  readonly place?: { readonly file: string; readonly cell?: number };
}

export interface ConvertAnswer extends CliAnswer {
  readonly project?: string;
  readonly stages?: readonly { readonly name: string }[];
  readonly findings?: readonly CliFinding[];
  /** What became of the files of a project that was there already. */
  readonly reconversion?: Reconversion;
  /** Where the conversion was proven by running both. */
  readonly proof?: { readonly outcome: string; readonly reason?: string };
}

export interface Reconversion {
  readonly files: readonly {
    readonly path: string;
    /** Where it was before, where it has another name now. */
    readonly from?: string;
    readonly status: string;
    readonly diff?: readonly DiffPiece[];
  }[];
  readonly conflicts: readonly { readonly path: string; readonly line: number }[];
}

/** A piece of a unified diff; its lines begin with a blank, `+` or `-`. */
export interface DiffPiece {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
}

export interface RunAnswer extends CliAnswer {
  readonly run?: string;
  /** The file of the run's record; the executed notebook lies beside it. */
  readonly record?: string;
  readonly seconds?: number;
  /** Null for what is no number. */
  readonly metrics?: Readonly<Record<string, number | null>>;
  readonly failure?: { readonly name: string; readonly message: string; readonly cell?: number };
}

export interface CliFinding {
  readonly rule: string;
  readonly cell: number;
  readonly severity: string;
  readonly message: string;
}

/** The one JSON object on stdout. Undefined where there is none: the command line crashed, or is something else. */
export function parseAnswer(stdout: string): CliAnswer | undefined {
  try {
    const answer: unknown = JSON.parse(stdout);
    return typeof answer === "object" && answer !== null && "outcome" in answer ? (answer as CliAnswer) : undefined;
  } catch {
    return undefined;
  }
}
