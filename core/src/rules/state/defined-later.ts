import { codeCell, isMissingName } from "../record.ts";
import { rule } from "../rule.ts";
import { undefinedNames } from "./undefined-names.ts";

export const definedLater = rule("NB102", function* (analysis) {
  for (const { name, statement, access, definedBy } of undefinedNames(analysis)) {
    if (definedBy === undefined) continue;
    const count = codeCell(analysis.notebook, statement.cell)?.executionCount ?? null;
    const definerCount = codeCell(analysis.notebook, definedBy.cell)?.executionCount ?? null;
    const ranBefore = count !== null && definerCount !== null && definerCount < count;
    const isSaved = isMissingName(codeCell(analysis.notebook, statement.cell), name);
    const isSure = isSaved || access.certainty === "must";
    const sameCell = statement.cell === definedBy.cell;
    yield {
      tier: ranBefore || isSaved ? "strong" : "hint",
      severity: isSure ? "error" : "warning",
      cell: statement.cell,
      range: access.range,
      subject: name,
      message:
        `\`${name}\` is used here${access.through === undefined ? "" : ` by the function \`${access.through}\``}, but ` +
        `${sameCell ? "only a later line of this cell" : `only cell ${definedBy.cell}, which stands below,`} defines it: ` +
        `from top to bottom the notebook ${isSure ? "stops" : "may stop"} here. ` +
        (sameCell ? "Move the definition up." : `Move cell ${definedBy.cell} above cell ${statement.cell}.`),
      predicts: `NameError: name '${name}' is not defined`,
      evidence: [
        {
          cell: definedBy.cell,
          range: definedBy.range,
          message: ranBefore
            ? `the definition; the record says that it ran before (count ${definerCount}, this cell ${count})`
            : "the definition",
        },
        ...(isSaved ? [{ cell: statement.cell, message: "the saved output is this very error" }] : []),
      ],
    };
  }
});
