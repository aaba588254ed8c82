import { cellList } from "../../text/cell-list.ts";
import { codeCell, ranToItsEnd } from "../record.ts";
import { rule } from "../rule.ts";
import { meantEvidence, meantFixes, meantName } from "./meant-name.ts";
import { undefinedNames } from "./undefined-names.ts";

export const phantomDefinition = rule("NB103", function* (analysis) {
  for (const undefinedName of undefinedNames(analysis)) {
    const { name, statement, access, again, definedBy } = undefinedName;
    const cell = codeCell(analysis.notebook, statement.cell);
    if (definedBy !== undefined || access.certainty !== "must" || cell === undefined || !ranToItsEnd(cell)) continue;
    const meant = meantName(analysis, undefinedName);
    yield {
      tier: "proof",
      severity: "error",
      cell: statement.cell,
      range: access.range,
      subject: name,
      message:
        `\`${name}\` is used here and nothing defines it, yet this cell ran without an error: its definition was deleted or edited away ` +
        "after it ran. The saved results cannot be had again without it. Bring the definition back " +
        `(version control, an older copy, or the history of the kernel: %history -g ${name})` +
        (meant === undefined
          ? "."
          : `, or write \`${meant.name}\` (cell ${meant.statement.cell}) if that is its name now.`),
      predicts: `NameError: name '${name}' is not defined`,
      evidence: [
        { cell: statement.cell, message: `ran as In [${cell.executionCount}] and has no error among its outputs` },
        ...meantEvidence(meant),
        ...(again.length === 0
          ? []
          : [
              {
                cell: again[0]?.statement.cell as number,
                message: `also used in ${cellList(again.map((read) => read.statement.cell))}`,
              },
            ]),
      ],
      fixes: meantFixes(meant, undefinedName),
    };
  }
});
