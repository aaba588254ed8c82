import { codeCell } from "../record.ts";
import { rule } from "../rule.ts";
import { unseededDraws } from "./random-draws.ts";
import { isStream } from "./unseeded-draw.ts";

export const seedAfterDraw = rule("NB202", function* (analysis) {
  const { notebook } = analysis;
  const told = new Set<string>();
  for (const draw of unseededDraws(analysis)) {
    const { stream, statement, place, callee, seededBelow } = draw;
    if (!isStream(draw) || seededBelow === undefined || told.has(stream)) continue;
    told.add(stream);
    yield {
      tier: codeCell(notebook, statement.cell)?.executionCount == null ? "hint" : "strong",
      severity: "warning",
      ...place,
      subject: callee,
      message:
        `\`${callee}\` draws before its stream is seeded: ${seededBelow.cell === statement.cell ? "only a later line of this cell" : `only cell ${seededBelow.cell}, which stands below,`} ` +
        "seeds it, so that these numbers are others in every run. Move the seed above the first draw.",
      predicts: "other numbers in every run",
      evidence: [{ cell: seededBelow.cell, range: seededBelow.range, message: "the seed" }],
    };
  }
});
