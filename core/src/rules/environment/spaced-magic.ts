import { inText } from "../clue.ts";
import { type Facts, rangeIn } from "../rule.ts";

/** `% matplotlib inline`: a blank after the percent signs, which IPython allowed until version 7. */
export const spacedMagics = inText(function* (cell): Generator<Facts> {
  const { translation } = cell;
  for (const { kind, span } of translation.commands) {
    if (kind !== "line-magic" && kind !== "cell-magic") continue;
    const found = /^(%%?)([ \t]+)(\w+)/.exec(translation.source.slice(span.start, span.end));
    if (found === null) continue;
    const [, percents = "", blanks = "", name = ""] = found;
    const blank = span.start + percents.length;
    yield {
      tier: "hint",
      severity: "warning",
      cell: translation.cell,
      range: rangeIn(cell, { start: span.start, end: blank + blanks.length + name.length }),
      subject: `${percents}${name}`,
      message:
        `\`${percents} ${name}\` has a blank behind the percent sign: since IPython 7 that is no magic, and the cell stops here without running its other lines. ` +
        `Write \`${percents}${name}\`.`,
      predicts: `UsageError: ${percents === "%" ? "Line" : "Cell"} magic function \`${percents}\` not found.`,
      fixes: [
        {
          id: "close-magic",
          title: `Write ${percents}${name}`,
          edits: [
            { cell: translation.cell, range: rangeIn(cell, { start: blank, end: blank + blanks.length }), text: "" },
          ],
        },
      ],
    };
  }
});
