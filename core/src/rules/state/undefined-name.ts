import { cellList } from "../../text/cell-list.ts";
import { codeCell, errorOf, ranToItsEnd } from "../record.ts";
import { rule } from "../rule.ts";
import { type MeantName, meantEvidence, meantFixes, meantName } from "./meant-name.ts";
import { type UndefinedName, undefinedNames } from "./undefined-names.ts";

export const undefinedName = rule("NB101", function* (analysis) {
  for (const undefinedName of undefinedNames(analysis)) {
    const { name, statement, access, again, definedBy, deletedBy } = undefinedName;
    const cell = codeCell(analysis.notebook, statement.cell);
    if (definedBy !== undefined || cell === undefined) continue;
    const isSure = access.certainty === "must";
    // NB103 speaks of cells that ran all the same.
    if (isSure && ranToItsEnd(cell)) continue;
    const error = errorOf(cell);
    const recorded = error?.name === "NameError" && error.value.includes(`'${name}'`);
    const meant = deletedBy === undefined ? meantName(analysis, undefinedName) : undefined;
    const why = deletedBy === undefined ? "nothing in the notebook defines it" : `cell ${deletedBy.cell} deletes it`;
    const where = access.through === undefined ? "" : ` by the function \`${access.through}\``;
    yield {
      tier: recorded ? "strong" : "hint",
      severity: isSure ? "error" : "warning",
      cell: statement.cell,
      range: access.range,
      subject: name,
      message:
        `\`${name}\` is used here${where}, and ${why}: a fresh run ${isSure ? "stops" : "may stop"} at this line. ` +
        mendOf(undefinedName, meant),
      predicts: `NameError: name '${name}' is not defined`,
      evidence: [
        ...meantEvidence(meant),
        ...(recorded ? [{ cell: statement.cell, message: `the saved output is this very error: ${error.value}` }] : []),
        ...(again.length === 0
          ? []
          : [
              {
                cell: again[0]?.statement.cell as number,
                message: `used again, as undefined, in ${cellList(again.map((read) => read.statement.cell))}`,
              },
            ]),
      ],
      fixes: meantFixes(meant, undefinedName),
    };
  }
});

function mendOf({ deletedBy }: UndefinedName, meant: MeantName | undefined): string {
  if (deletedBy !== undefined) return "Define it again below that cell, or do not delete it.";
  if (meant === undefined) return "Define it in this cell or above, or import it.";
  return `If \`${meant.name}\` is meant, correct the name; otherwise define it in this cell or above.`;
}
