import type { Translation } from "../ipython/translation.ts";
import type { Cell } from "../notebook/model.ts";
import { LineIndex, type Range, type Span } from "../text/position.ts";
import type { Analysis } from "./analysis.ts";
import type { Evidence, Finding, Fix, Rule } from "./finding.ts";
import { type RuleId, ruleTexts } from "./texts.ts";

/** A cell, as far as places in it are concerned. */
interface Translated {
  readonly translation: Translation;
}

/** What a rule says of one place; the rest of a finding follows from the rule and the notebook. */
export interface Facts {
  readonly tier: Finding["tier"];
  readonly severity: Finding["severity"];
  readonly cell: number;
  readonly range: Range;
  readonly subject: string;
  readonly message: string;
  readonly predicts?: string;
  readonly evidence?: readonly Evidence[];
  readonly fixes?: readonly Fix[];
}

/** A rule with its texts, from what it finds in an analysis. */
export function rule(id: RuleId, check: (analysis: Analysis) => Iterable<Facts>): Rule {
  return {
    id,
    ...ruleTexts[id],
    *check(analysis) {
      for (const facts of check(analysis)) yield findingOf(id, analysis, facts);
    },
  };
}

/** What a rule found, with the name of the rule and the id of the cell. */
export function findingOf(id: RuleId, analysis: Analysis, facts: Facts): Finding {
  const cellId = analysis.notebook.cells[facts.cell]?.id;
  return {
    rule: id,
    name: ruleTexts[id].name,
    evidence: [],
    fixes: [],
    ...facts,
    ...(cellId === undefined ? {} : { cellId }),
  };
}

/** The first line of a cell, for what concerns the cell as a whole. */
export function firstLine({ source }: Cell): Range {
  const [line = ""] = source.split("\n", 1);
  return { start: { line: 1, column: 1 }, end: { line: 1, column: line.length + 1 } };
}

const lines = new WeakMap<Translation, LineIndex>();

/** A range of a cell's source. */
export function rangeIn({ translation }: Translated, span: Span): Range {
  const index = lines.get(translation) ?? new LineIndex(translation.source);
  lines.set(translation, index);
  return index.range(span);
}

/** Where a piece of a cell's translation stands in its source. */
export function sourceRange(cell: Translated, span: Span): Range {
  const { translation } = cell;
  return rangeIn(cell, { start: translation.toSource(span.start), end: translation.toSource(span.end) });
}

/** What every piece of information about a place in the code has, where only the code speaks for it. */
export function noteAt(cell: Translated, node: Span, subject: string) {
  return {
    tier: "hint",
    severity: "info",
    cell: cell.translation.cell,
    range: sourceRange(cell, node),
    subject,
  } satisfies Partial<Facts>;
}
