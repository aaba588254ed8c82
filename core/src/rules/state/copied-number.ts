import { joinLines } from "../../notebook/lines.ts";
import type { CodeCell } from "../../notebook/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { type CellText, inText } from "../clue.ts";
import { noteAt, rule } from "../rule.ts";

/** An output with more numbers than this has every number by chance. */
const manyNumbers = 300;

/** Of an output with so few, a number may be copied shortened. */
const fewNumbers = 20;

/** A number with a fraction and so many digits, zeros at its ends left out, is nobody's choice. */
const enoughDigits = 4;

export const copiedNumber = rule("NB117", function* ({ document }) {
  /** Numbers that outputs above show, with the first cell that shows each; those that code above says are not news. */
  const shown = new Map<string, CodeCell>();
  const said = new Set<string>();
  const above = document.cells.values();
  let next = above.next().value;
  for (const { cell, node, text } of literals(document)) {
    for (; next !== undefined && next.translation !== cell.translation; next = above.next().value) {
      for (const number of numbersShown(next.cell.outputs)) if (!shown.has(number)) shown.set(number, next.cell);
    }
    const source = said.has(text) ? undefined : shown.get(text);
    said.add(text);
    if (source === undefined) continue;
    yield {
      ...noteAt(cell, node, text),
      message:
        `\`${text}\` is what the output of cell ${source.index} shows: it looks copied by hand, and stays as it is when that cell gives another number. ` +
        `Give the number a name in cell ${source.index} and use that here.`,
      predicts: `a number here that is no longer that of cell ${source.index}, once its input changes`,
      evidence: [{ cell: source.index, message: `its output shows ${text}` }],
    };
  }
});

const literals = inText((cell) => {
  const found: { cell: CellText; node: ast.Constant; text: string }[] = [];
  if (!/\d\.\d/.test(cell.translation.python)) return found;
  for (const { node } of walk(cell.module)) {
    if (node.type !== "Constant" || node.kind !== "float") continue;
    const text = cell.translation.python.slice(node.start, node.end);
    if (isTelling(text)) found.push({ cell, node, text });
  }
  return found;
});

function isTelling(text: string): boolean {
  return /^\d+\.\d+$/.test(text) && text.replace(".", "").replace(/^0+|0+$/g, "").length >= enoughDigits;
}

/** The telling numbers that outputs show; of few numbers, also how they are when they are cut or rounded. */
export function numbersShown(outputs: CodeCell["outputs"]): readonly string[] {
  const texts = outputs.flatMap((output) => {
    const { output_type: type, name, text, data } = output as Readonly<Record<string, unknown>>;
    if (type === "stream") return name === "stdout" ? [joinLines(text) ?? ""] : [];
    return type === "error"
      ? []
      : [joinLines((data as Readonly<Record<string, unknown>> | undefined)?.["text/plain"]) ?? ""];
  });
  const numbers = new Set(
    texts
      .join("\n")
      .slice(0, 50_000)
      .match(/(?<![\w.])\d+\.\d+(?![\w.])/g) ?? [],
  );
  if (numbers.size > manyNumbers) return [];
  const shown = numbers.size > fewNumbers ? [...numbers] : [...numbers].flatMap(shortened);
  return shown.filter(isTelling);
}

/** `1.8708287`, and how it is when it is cut or rounded: `1.8708`, `1.871`. */
function shortened(number: string): string[] {
  const decimals = number.length - number.indexOf(".") - 1;
  const texts = [number];
  for (let kept = 3; kept < Math.min(decimals, 8); kept++) {
    texts.push(Number(number).toFixed(kept), number.slice(0, number.indexOf(".") + 1 + kept));
  }
  return texts;
}
