import type { Dataflow } from "../../dataflow/model.ts";
import { inCode, inStatements, inText } from "../clue.ts";
import { variablesNeeded } from "../files/environment-variables.ts";
import { globalBindings } from "../global-bindings.ts";
import { type Facts, rangeIn, rule, sourceRange } from "../rule.ts";
import { historyReads, mentionsHistory } from "./history-reads.ts";

/** Calls that wait for a person, or read what only this person's session has. */
const asks: ReadonlyMap<string, { readonly what: string; readonly mend: string }> = new Map([
  ["builtins.input", { what: "waits for somebody to type", mend: "Make the answer a parameter" }],
  ["getpass.getpass", { what: "waits for somebody to type a secret", mend: "Read it from an environment variable" }],
  ["pandas.read_clipboard", { what: "reads the clipboard", mend: "Save the table to a file and read that" }],
]);

export const kernelOnlyInput = rule("NB116", function* ({ document }) {
  yield* stored(document);
  yield* asking(document);
  yield* remembered(document);
  for (const { cell, node, name } of variablesNeeded(document)) {
    yield {
      tier: "hint",
      severity: "info",
      cell: cell.translation.cell,
      range: sourceRange(cell, node),
      subject: name,
      message:
        `The environment variable \`${name}\` is needed here; the notebook neither sets it nor has a value for where it is missing. ` +
        "Say beside the notebook that it must be set, or give a default with os.environ.get.",
      predicts: `KeyError: '${name}', or None, where the variable is not set`,
    };
  }
});

const asking = inStatements(function* ({ calls }, cell): Generator<Facts> {
  for (const { callee, text, node } of calls) {
    const ask = asks.get(callee ?? "");
    if (ask === undefined) continue;
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.translation.cell,
      range: sourceRange(cell, node),
      subject: text,
      message: `\`${text}\` ${ask.what}: the notebook cannot run by itself, and what was given is not in the file. ${ask.mend}.`,
      predicts: "a run without a person stops here",
    };
  }
});

/** Reads of the history, as long as nothing in the notebook binds their names. */
const possiblyRemembered = inCode((cell) =>
  mentionsHistory(cell) ? [...historyReads(cell, new Set())].map((read) => ({ ...read, cell })) : [],
);

function* remembered(document: Dataflow): Generator<Facts> {
  const reads = possiblyRemembered(document);
  if (reads.length === 0) return;
  const bound = new Set(globalBindings(document).flatMap(({ kind, name }) => (kind === "bind" ? [name] : [])));
  for (const { cell, node, name } of reads) {
    if (bound.has(name)) continue;
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.translation.cell,
      range: sourceRange(cell, node),
      subject: name,
      message:
        `\`${name}\` is the history of one kernel session: another order, or one more run, puts something else there, and a script has none. ` +
        "Give the earlier result a name in its own cell, and use that.",
      predicts: `another value of \`${name}\`, or a KeyError, in a fresh run`,
    };
  }
}

/** `%store -r`. */
const stored = inText(function* (cell): Generator<Facts> {
  for (const { name, argument, span } of cell.translation.commands) {
    if (name !== "store" || !/(?:^|\s)-r\b/.test(argument)) continue;
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.translation.cell,
      range: rangeIn(cell, span),
      subject: "%store",
      message:
        "`%store -r` brings values back that an earlier session put into this user's IPython folder: nobody else has them. " +
        "Write them to a file beside the notebook and read that.",
      predicts: "the stored names are missing on another machine",
    };
  }
});
