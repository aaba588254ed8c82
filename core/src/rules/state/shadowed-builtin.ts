import { cellOf } from "../../dataflow/statement-id.ts";
import { analysedCell } from "../record.ts";
import { rule, sourceRange } from "../rule.ts";
import { boundNames } from "./undefined-names.ts";

/** Builtins that are called, and whose names people like for their data. */
const builtins = new Set(
  (
    "abs all any bin bool bytes chr dict dir enumerate filter float format frozenset hash hex id input int iter len list map " +
    "max min next object oct open ord pow print range repr reversed round set slice sorted str sum tuple type vars zip"
  ).split(" "),
);

/** Types of values that cannot be called. */
const data =
  /^(?:builtins\.(?:bool|bytes|complex|dict|float|frozenset|int|list|set|str|tuple)|numpy\.ndarray|pandas\.(?:DataFrame|Series|Index))$/;

export const shadowedBuiltin = rule("NB115", function* ({ document }) {
  const shadows = new Map<string, number>();
  const told = new Set<string>();
  for (const [position, statement] of document.statements.entries()) {
    const { id, cell, calls, accesses } = statement;
    for (const call of shadows.size === 0 ? [] : calls) {
      const { func } = call.node;
      const before = document.statements[position - 1];
      if (func.type !== "Name" || !shadows.has(func.id) || told.has(func.id) || before === undefined) continue;
      const value = document.valueAfter(before.id, func.id);
      const reads = accesses.some(({ kind, place }) => kind === "read" && place.name === func.id);
      if (!reads || value?.certain !== true || !data.test(value.type ?? "")) continue;
      told.add(func.id);
      const at = shadows.get(func.id) as number;
      const analysed = analysedCell(document, cell);
      const type = (value.type as string).slice((value.type as string).lastIndexOf(".") + 1);
      yield {
        tier: "hint",
        severity: "warning",
        cell,
        range: analysed === undefined ? call.range : sourceRange(analysed, func),
        subject: func.id,
        message:
          `\`${func.id}\` is no longer Python's function here: ${at === cell ? "a line above" : `cell ${at}`} gave the name to a value (${type}), and calling that fails. ` +
          `Give the value another name; in a running kernel, \`del ${func.id}\` brings the function back.`,
        predicts: `TypeError: '${type}' object is not callable`,
        evidence: [{ cell: at, message: `binds \`${func.id}\`` }],
      };
    }
    for (const name of boundNames(statement)) {
      if (builtins.has(name) && !shadows.has(name)) shadows.set(name, cellOf(id));
    }
  }
});
