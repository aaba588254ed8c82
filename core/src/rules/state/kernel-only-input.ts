import type { AnalysedCell, CallSite } from "../../dataflow/model.ts";
import { LineIndex } from "../../text/position.ts";
import { variablesNeeded } from "../files/environment-variables.ts";
import { perStatement } from "../remembered.ts";
import { type Facts, rule, sourceRange } from "../rule.ts";
import { historyReads, mentionsHistory } from "./history-reads.ts";
import { boundNames } from "./undefined-names.ts";

/** Calls that wait for a person, or read what only this person's session has. */
const asks: ReadonlyMap<string, { readonly what: string; readonly mend: string }> = new Map([
  ["builtins.input", { what: "waits for somebody to type", mend: "Make the answer a parameter" }],
  ["getpass.getpass", { what: "waits for somebody to type a secret", mend: "Read it from an environment variable" }],
  ["pandas.read_clipboard", { what: "reads the clipboard", mend: "Save the table to a file and read that" }],
]);

export const kernelOnlyInput = rule("NB116", function* ({ document }) {
  let bound: ReadonlySet<string> | undefined;
  for (const cell of document.cells) {
    yield* stored(cell);
    for (const statement of cell.statements) for (const call of askingCalls(statement)) yield* asking(cell, call);
    if (!mentionsHistory(cell)) continue;
    bound ??= new Set(document.statements.flatMap(boundNames));
    yield* remembered(cell, bound);
  }
  for (const { cell, node, name } of variablesNeeded(document.cells)) {
    yield {
      tier: "hint",
      severity: "info",
      cell: cell.cell.index,
      range: sourceRange(cell, node),
      subject: name,
      message:
        `The environment variable \`${name}\` is needed here; the notebook neither sets it nor has a value for where it is missing. ` +
        "Say beside the notebook that it must be set, or give a default with os.environ.get.",
      predicts: `KeyError: '${name}', or None, where the variable is not set`,
    };
  }
});

const askingCalls = perStatement(({ calls }) => calls.filter(({ callee }) => asks.has(callee ?? "")));

function* asking(cell: AnalysedCell, { callee, text, node }: CallSite): Generator<Facts> {
  const ask = asks.get(callee ?? "");
  if (ask === undefined) return;
  yield {
    tier: "hint",
    severity: "warning",
    cell: cell.cell.index,
    range: sourceRange(cell, node),
    subject: text,
    message: `\`${text}\` ${ask.what}: the notebook cannot run by itself, and what was given is not in the file. ${ask.mend}.`,
    predicts: "a run without a person stops here",
  };
}

function* remembered(cell: AnalysedCell, bound: ReadonlySet<string>): Generator<Facts> {
  for (const { node, name } of historyReads(cell, bound)) {
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.cell.index,
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
function* stored({ cell, translation }: AnalysedCell): Generator<Facts> {
  for (const { name, argument, span } of translation.commands) {
    if (name !== "store" || !/(?:^|\s)-r\b/.test(argument)) continue;
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.index,
      range: new LineIndex(translation.source).range(span),
      subject: "%store",
      message:
        "`%store -r` brings values back that an earlier session put into this user's IPython folder: nobody else has them. " +
        "Write them to a file beside the notebook and read that.",
      predicts: "the stored names are missing on another machine",
    };
  }
}
