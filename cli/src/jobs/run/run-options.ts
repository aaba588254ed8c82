import type { PapermillOptions } from "../../commands/papermill-options.ts";

/** The options of `reprise run`. */
export interface RunOptions extends PapermillOptions {
  readonly json?: boolean;
  readonly parameters?: readonly [string, string][];
  readonly parametersRaw?: readonly [string, string][];
  readonly parametersFile?: readonly string[];
  readonly parametersYaml?: readonly string[];
  readonly parametersBase64?: readonly string[];
  readonly seed?: number;
  readonly kernel?: string;
  readonly cwd?: string;
  readonly startTimeout: number;
  readonly executionTimeout?: number;
  readonly timeout?: number;
  readonly onTimeout: "fail" | "interrupt";
  readonly prepareOnly?: boolean;
  readonly allowErrors?: boolean;
  readonly allowError?: readonly string[];
  readonly forceErrors?: boolean;
  readonly logOutput?: boolean;
  readonly from?: number;
  readonly to?: number;
  readonly only?: readonly string[];
  readonly html?: string;
  readonly resume?: boolean;
  readonly cache?: boolean;
  readonly environment: string;
  readonly asOf?: string;
  readonly engine: "local" | "docker";
  readonly image?: string;
  readonly gpus: string;
  readonly memory?: number;
  readonly cpus?: number;
  readonly network?: "none" | "bridge" | "host";
  readonly env?: readonly string[];
  readonly secret?: readonly string[];
  /** The values of `secret`, once they are found. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly tracking?: readonly string[];
  readonly experiment?: string;
  readonly name?: string;
  readonly tag?: readonly [string, string][];
  /** False with `--no-save`. */
  readonly save: boolean;
}
