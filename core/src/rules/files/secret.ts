import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { Range } from "../../text/position.ts";
import { type CellText, inText } from "../clue.ts";
import { type Facts, rangeIn, rule, sourceRange } from "../rule.ts";
import { isInvented, isNamedSecret } from "./secret-literal.ts";
import { tokenFormats } from "./token-formats.ts";

interface FoundSecret {
  /** `a token of GitHub`; never the secret itself. */
  readonly what: string;
  readonly range: Range;
}

export const secret = rule("NB306", ({ document }) => secrets(document));

const secrets = inText(function* (cell): Generator<Facts> {
  const lines = new Set<number>();
  for (const { what, range } of [...byFormat(cell), ...byName(cell)]) {
    if (lines.has(range.start.line)) continue;
    lines.add(range.start.line);
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.translation.cell,
      range,
      subject: what,
      message:
        `This looks like ${what}, in plain text: whoever gets the file, or its history, can use it. ` +
        'Withdraw it where it was issued, and read the new one from an environment variable: os.environ["..."].',
    };
  }
});

function* byFormat(cell: CellText): Generator<FoundSecret> {
  for (const { what, format } of tokenFormats) {
    for (const { 0: text, index } of cell.translation.source.matchAll(format)) {
      if (!isInvented(text)) yield { what, range: rangeIn(cell, { start: index, end: index + text.length }) };
    }
  }
}

/** `password = "..."`, `connect(password="...")`. */
function* byName(cell: CellText): Generator<FoundSecret> {
  if (!/pass|pwd|secret|key|token/i.test(cell.translation.python)) return;
  for (const { node } of walk(cell.module)) {
    if (node.type === "Assign") {
      for (const target of node.targets) {
        const name = nameOf(target);
        if (name !== undefined && isSecret(name, node.value)) yield named(cell, name, node.value);
      }
    } else if (node.type === "Call") {
      for (const { arg, value } of node.keywords)
        if (arg !== undefined && isSecret(arg.name, value)) yield named(cell, arg.name, value);
    }
  }
}

/** `name`, `d["name"]`, `settings.name`. */
function nameOf(target: ast.Expr): string | undefined {
  if (target.type === "Name") return target.id;
  if (target.type === "Attribute") return target.attr.name;
  return target.type === "Subscript" && target.slice.type === "Constant" ? String(target.slice.value) : undefined;
}

function isSecret(name: string, value: ast.Expr): boolean {
  if (value.type !== "Constant" || value.kind !== "str") return false;
  return isNamedSecret(name, String(value.value));
}

function named(cell: CellText, name: string, value: ast.Expr): FoundSecret {
  return { what: `the secret for \`${name}\``, range: sourceRange(cell, value) };
}
