import { type Command, Option } from "commander";
import { number } from "./option-values.ts";

/** Options of papermill that have their own meaning for a notebook that is run. */
export interface PapermillOptions {
  readonly helpNotebook?: boolean;
  readonly injectInputPath?: boolean;
  readonly injectOutputPath?: boolean;
  readonly injectPaths?: boolean;
  readonly autosaveCellEvery?: number;
  readonly requestSaveOnCellExecute?: boolean;
  readonly language?: string;
  readonly progressBar?: boolean;
  readonly stdoutFile?: string;
  readonly stderrFile?: string;
  readonly reportMode?: boolean;
}

/** Adds them to a command; those that only name the default, or what runs do anyway, are taken and not shown. */
export function withPapermillOptions(command: Command): Command {
  const unseen = (flags: string): Option => new Option(flags, "taken as papermill takes it").hideHelp();
  return command
    .optionsGroup("As papermill has them:")
    .option("--help-notebook", "show the parameters of the notebook, run nothing")
    .option("--report-mode", "hide the code in the executed notebook, as papermill does, and in the page")
    .option("--inject-input-path", "give the notebook's path as the parameter PAPERMILL_INPUT_PATH")
    .option("--inject-output-path", "give the output's path as the parameter PAPERMILL_OUTPUT_PATH")
    .option("--inject-paths", "give both")
    .option("--stdout-file <file>", "write what the cells print to this file, as it comes")
    .option("--stderr-file <file>", "write the cells' stderr to this file, as it comes")
    .option("--autosave-cell-every <seconds>", "save while cells run, at most this often; 0: not", number)
    .option("--no-request-save-on-cell-execute", "save at the beginning and at the end only")
    .option("-l, --language <name>", "language of the notebook, whatever it says")
    .option("--no-progress-bar", "show no progress")
    .addOption(unseen("--progress-bar"))
    .addOption(unseen("--request-save-on-cell-execute"))
    .addOption(unseen("--no-log-output"))
    .addOption(unseen("--no-report-mode"))
    .addOption(unseen("--prepare-execute"))
    .addOption(unseen("--log-level <level>"));
}
