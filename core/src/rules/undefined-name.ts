import { codeCell, errorOf, ranToItsEnd } from "./record.ts";
import { cellList, rule } from "./rule.ts";
import { likeName, undefinedNames } from "./undefined-names.ts";

export const undefinedName = rule("NB101", function* (analysis) {
  for (const { name, statement, access, again, definedBy } of undefinedNames(analysis)) {
    const cell = codeCell(analysis.notebook, statement.cell);
    if (definedBy !== undefined || cell === undefined) continue;
    const isSure = access.certainty === "must";
    // NB103 speaks of cells that ran all the same.
    if (isSure && ranToItsEnd(cell)) continue;
    const error = errorOf(cell);
    const recorded = error?.name === "NameError" && error.value.includes(`'${name}'`);
    const like = likeName(analysis, name);
    const where = access.through === undefined ? "" : ` by the function \`${access.through}\``;
    yield {
      tier: recorded ? "strong" : "hint",
      severity: isSure ? "error" : "warning",
      cell: statement.cell,
      range: access.range,
      subject: name,
      message:
        `\`${name}\` is used here${where}, and nothing in the notebook defines it: a fresh run ${isSure ? "stops" : "may stop"} at this line. ` +
        (like === undefined
          ? "Define it in this cell or above, or import it."
          : `If \`${like}\` is meant, correct the name; otherwise define it in this cell or above.`),
      predicts: `NameError: name '${name}' is not defined`,
      evidence: [
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
      fixes:
        like === undefined || access.through !== undefined
          ? []
          : [
              {
                id: "correct-name",
                title: `Write ${like}`,
                edits: [{ cell: statement.cell, range: access.range, text: like }],
              },
            ],
    };
  }
});
