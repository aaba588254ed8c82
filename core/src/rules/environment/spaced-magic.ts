import type { AnalysedCell } from "../../dataflow/model.ts";
import { LineIndex } from "../../text/position.ts";
import type { Facts } from "../rule.ts";

/** `% matplotlib inline`: a blank after the percent signs, which IPython allowed until version 7. */
export function* spacedMagics({ cell, translation }: AnalysedCell): Generator<Facts> {
  for (const { kind, span } of translation.commands) {
    if (kind !== "line-magic" && kind !== "cell-magic") continue;
    const found = /^(%%?)([ \t]+)(\w+)/.exec(translation.source.slice(span.start, span.end));
    if (found === null) continue;
    const [, percents = "", blanks = "", name = ""] = found;
    const blank = span.start + percents.length;
    const lines = new LineIndex(translation.source);
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.index,
      range: lines.range({ start: span.start, end: blank + blanks.length + name.length }),
      subject: `${percents}${name}`,
      message:
        `\`${percents} ${name}\` has a blank behind the percent sign: since IPython 7 that is no magic, and the cell stops here without running its other lines. ` +
        `Write \`${percents}${name}\`.`,
      predicts: `UsageError: ${percents === "%" ? "Line" : "Cell"} magic function \`${percents}\` not found.`,
      fixes: [
        {
          id: "close-magic",
          title: `Write ${percents}${name}`,
          edits: [{ cell: cell.index, range: lines.range({ start: blank, end: blank + blanks.length }), text: "" }],
        },
      ],
    };
  }
}
