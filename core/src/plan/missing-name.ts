import type { Access, Statement } from "../dataflow/model.ts";
import { type Bench, bindersOf } from "./bench.ts";

/** What is said of a name that nothing binds before it is used, and the rule that says so of the notebook. */
export interface MissingName {
  readonly rule: string;
  readonly ruleName: string;
  readonly message: string;
}

/** Why a name is not there: bound below only, gone since the cell ran, or never there. */
export function missingName(bench: Bench, statement: Statement, { place: { name }, through }: Access): MissingName {
  const used = `${name} is used here${through === undefined ? "" : ` by the function ${through}`}`;
  const mend = "Define it in this cell or above, import it, or tag the cell reprise:skip.";
  const here = bench.factsById.get(statement.id)?.position ?? Number.POSITIVE_INFINITY;
  const below = bindersOf(bench)
    .get(name)
    ?.find(({ position }) => position > here)?.statement;
  if (below !== undefined) {
    const where =
      below.cell === statement.cell
        ? `line ${below.range.start.line} of this cell, below it, defines it. Move that line up`
        : `cell ${below.cell}, which runs later, defines it. Move that cell above this one`;
    const message = `${used}, and only ${where}, or tag the cell reprise:skip.`;
    return { rule: "NB102", ruleName: "defined-later", message };
  }
  const cell = bench.cells.get(statement.cell)?.cell;
  const ran =
    cell !== undefined &&
    cell.executionCount !== null &&
    !cell.outputs.some(({ output_type }) => output_type === "error");
  return ran
    ? {
        rule: "NB103",
        ruleName: "phantom-definition",
        message: `${used}, and the cell ran, so its definition was deleted or edited away since. ${mend}`,
      }
    : {
        rule: "NB101",
        ruleName: "undefined-name",
        message: `${used}, and nothing before this line defines it. ${mend}`,
      };
}
