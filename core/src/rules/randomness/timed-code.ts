import type { Dataflow, RandomUse, Statement } from "../../dataflow/model.ts";
import type { Command } from "../../ipython/translation.ts";
import type { Analysis } from "../analysis.ts";
import { type CellCode, inCode } from "../clue.ts";
import { type Facts, sourceRange } from "../rule.ts";
import { accumulatesIn, accumulatesThrough } from "../state/accumulating.ts";

/** What code under `%timeit` does more often on a faster machine: it adds to objects, and draws random numbers. */
export function* timedFacts({ document }: Analysis): Generator<Facts> {
  for (const { cell, command, statement } of timings(document)) {
    const told = new Set<string>();
    for (const { name, what } of [...growing(document, cell, command, statement), ...drawing(document, statement)]) {
      if (told.has(name)) continue;
      told.add(name);
      yield {
        tier: "hint",
        severity: "warning",
        cell: cell.translation.cell,
        range: sourceRange(cell, command.pythonSpan),
        subject: name,
        message:
          `\`%${command.name}\` runs this as often as the clock allows, and each time it ${what}: what comes of it depends on how fast the machine is. ` +
          "Time a copy, or say how often it is to run (-n 100 -r 5).",
        predicts: `another \`${name}\` on another machine`,
      };
    }
  }
}

/** Commands that the clock says how often they run, each with the statement that it is. */
const timings = inCode((cell) =>
  cell.translation.commands.flatMap((command) => {
    if (command.timed === undefined || saysHowOften(command)) return [];
    const statement = statementOf(cell, command);
    return statement === undefined ? [] : [{ cell, command, statement }];
  }),
);

interface Effect {
  readonly name: string;
  readonly what: string;
}

function* growing(
  document: Dataflow,
  { timed }: CellCode,
  { timed: text }: Command,
  { accesses }: Statement,
): Generator<Effect> {
  const body = text === undefined ? undefined : timed?.get(text);
  for (const access of accesses) {
    const { kind, place, certainty } = access;
    if (kind !== "change" || certainty !== "must" || body === undefined) continue;
    if (accumulatesIn(body, access) || accumulatesThrough(document, access))
      yield { name: place.name, what: `adds to \`${place.name}\`` };
  }
}

/** Draws that move a stream from which others draw later. */
function* drawing({ randomness, statements }: Dataflow, { id }: Statement): Generator<Effect> {
  const behind = new Set(statements.slice(statements.findIndex((one) => one.id === id) + 1).map((one) => one.id));
  const moves = ({ use, seeded }: RandomUse) => use === "draw" && !seeded;
  for (const own of randomness) {
    if (own.statement !== id || !moves(own) || own.stream === "own") continue;
    const next = randomness.find((other) => behind.has(other.statement) && other.stream === own.stream);
    if (next !== undefined && moves(next))
      yield { name: own.call.text, what: `takes numbers from the stream that later cells draw from` };
  }
}

/** `-n` and `-r` together: the same number of times on every machine. */
function saysHowOften({ argument }: Command): boolean {
  return /(?:^|\s)-n/.test(argument) && /(?:^|\s)-r/.test(argument);
}

function statementOf({ statements }: CellCode, { pythonSpan }: Command): Statement | undefined {
  return statements.find(({ node }) => node.start < pythonSpan.end && pythonSpan.start < node.end);
}
