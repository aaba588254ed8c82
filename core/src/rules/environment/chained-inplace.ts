import type { Analysis } from "../analysis.ts";
import { inCode } from "../clue.ts";
import { columnChanges } from "../learning/column-changes.ts";
import { rule, sourceRange } from "../rule.ts";

export const chainedInplace = rule("NB407", function* (analysis) {
  const version = pandasVersion(analysis);
  const isLost = version === undefined ? undefined : Number.parseInt(version, 10) >= 3;
  for (const { range, column, frame, method, statement } of changes(analysis.document)) {
    yield {
      tier: isLost === true ? "strong" : "hint",
      severity: isLost === false ? "info" : "warning",
      cell: statement.cell,
      range,
      subject: frame,
      message:
        `\`${column}.${method}(..., inplace=True)\` changes a copy of the column since pandas 3, and the frame before it: ` +
        `${isLost === undefined ? "what this computes depends on the version that is installed" : isLost ? `with pandas ${version} \`${frame}\` stays as it was` : `with pandas ${version} it works, and with the next one not`}. ` +
        `Assign the column: ${column} = ${column}.${method}(...).`,
      predicts: `\`${frame}\` stays as it was, with pandas 3`,
    };
  }
});

const changes = inCode((cell) =>
  columnChanges(cell).map((change) => ({ ...change, range: sourceRange(cell, change.node) })),
);

function pandasVersion({ versions }: Analysis): string | undefined {
  return versions !== undefined && Object.hasOwn(versions, "pandas") ? versions.pandas : undefined;
}
