import type { Constant, Expr, FormattedValue, JoinedStr } from "./ast.ts";
import { brokenEscape, decodeEscapes, messageOf, placeOfEscape } from "./escapes.ts";
import { lowerSequence } from "./lower-expression.ts";
import { type Lowering, report, textOf } from "./lowering.ts";
import { namedKids, type SyntaxNode } from "./syntax-node.ts";

type Piece = { readonly text: string; readonly start: number; readonly end: number } | FormattedValue;

const prefixes = /^(?:[rubft]?|br|rb|fr|rf|tr|rt)$/;

/** How deep a format may stand in the field of another: `f"{a:{b:{c}}}"`. */
const deepestFormat = 2;

/** One string literal, or several that stand next to each other. */
export function lowerStrings(
  lowering: Lowering,
  node: SyntaxNode,
  strings: readonly SyntaxNode[],
): Constant | JoinedStr {
  const pieces: Piece[] = [];
  let isFormatted = false;
  let isTemplate = false;
  let isBytes = false;
  for (const string of strings) {
    const prefix = (/^[a-z]*/i.exec(lowering.text.slice(string.start, string.start + 3))?.[0] ?? "").toLowerCase();
    isFormatted ||= prefix.includes("f") || prefix.includes("t");
    isTemplate ||= prefix.includes("t");
    isBytes ||= prefix.includes("b");
    if (!prefixes.test(prefix)) report(lowering, string, `no string begins with ${prefix}`);
    if (lowering.text[string.start] === "`") report(lowering, string, "`...` is Python 2; write repr(...)");
    pieces.push(...piecesOf(lowering, string, prefix));
  }
  if (isFormatted && isBytes) report(lowering, node, "cannot mix bytes and nonbytes literals");
  const place = { start: node.start, end: node.end };
  if (isTemplate) return { ...joined(place, pieces), type: "TemplateStr" };
  if (isFormatted) return joined(place, pieces);
  const value = pieces.map((piece) => ("text" in piece ? piece.text : "")).join("");
  return { type: "Constant", ...place, kind: isBytes ? "bytes" : "str", value };
}

function piecesOf(lowering: Lowering, string: SyntaxNode, prefix: string): Piece[] {
  const opening = string.kids.find((kid) => kid.type === "string_start");
  const closing = string.kids.findLast((kid) => kid.type === "string_end");
  const start = opening?.end ?? string.start;
  // In `r"\\\\"` the grammar counts the whole inside to the closing quotes.
  const end =
    closing === undefined ? string.end : Math.max(start, closing.end - (start - string.start - prefix.length));
  const isLong = opening !== undefined && opening.end - opening.start >= 3 + prefix.length;
  const style = {
    raw: prefix.includes("r"),
    bytes: prefix.includes("b"),
    formatted: /[ft]/.test(prefix),
    isLong,
    depth: 0,
  };
  const fields = string.kids.filter((kid) => kid.type === "interpolation");
  return around(lowering, fields, start, end, style);
}

interface Style {
  readonly raw: boolean;
  readonly bytes: boolean;
  readonly formatted: boolean;
  /** Whether it stands in three quotes. */
  readonly isLong: boolean;
  /** Of how many fields it is the format. */
  readonly depth: number;
}

/** The replacement fields between two offsets, with the literal text around them. */
function around(lowering: Lowering, fields: readonly SyntaxNode[], start: number, end: number, style: Style): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  const literal = (until: number) => {
    if (until <= at) return;
    let text = lowering.text.slice(at, until).replaceAll("\r\n", "\n");
    if (!style.raw && text.includes("\\")) {
      const broken = style.formatted ? brokenEscape(text, style.bytes) : undefined;
      if (broken !== undefined) report(lowering, placeOfEscape(at, broken), messageOf(broken, style.bytes));
      text = decodeEscapes(text, style.bytes);
    }
    if (style.formatted) text = text.replaceAll("{{", "{").replaceAll("}}", "}");
    pieces.push({ text, start: at, end: until });
  };
  for (const field of fields) {
    literal(field.start);
    pieces.push(...fieldPieces(lowering, field, style));
    at = field.end;
  }
  literal(end);
  return pieces;
}

function fieldPieces(lowering: Lowering, field: SyntaxNode, style: Style): Piece[] {
  const conversion = field.kids.find((kid) => kid.type === "type_conversion");
  const spec = field.kids.find((kid) => kid.type === "format_specifier");
  const expressions = field.kids.filter(
    (kid) => kid.named && kid.type !== "type_conversion" && kid.type !== "format_specifier",
  );
  const value: Expr = lowerSequence(lowering, field, expressions, { start: field.start + 1, end: field.end - 1 });
  const equals = field.kids.find((kid) => !kid.named && kid.type === "=");
  const pieces: Piece[] = [];
  let shown = conversion && textOf(lowering, conversion).slice(1);
  if (conversion !== undefined && !/^[sra]$/.test(shown ?? ""))
    report(lowering, conversion, `invalid conversion '!${shown}': write !s, !r or !a`);
  const bare = expressions.flatMap((each) => (each.type === "expression_list" ? namedKids(each) : [each]));
  const lambda = bare.find(({ type }) => type === "lambda");
  if (lambda !== undefined) report(lowering, lambda, "a lambda in an f-string needs parentheses");
  if (equals !== undefined) {
    const until = conversion?.start ?? spec?.start ?? field.end - 1;
    pieces.push({ text: lowering.text.slice(field.start + 1, until), start: field.start + 1, end: until });
    if (spec === undefined) shown ??= "r";
  }
  if (spec !== undefined && style.depth >= deepestFormat)
    report(lowering, spec, "f-string: expressions nested too deeply");
  // The grammar ends a format before a line break that stands behind it; to Python it is a part of long ones only.
  const format = spec && formatSpec(lowering, style.isLong ? { ...spec, end: field.end - 1 } : spec, style);
  pieces.push({
    type: "FormattedValue",
    start: field.start,
    end: field.end,
    value,
    ...(shown === undefined ? {} : { conversion: shown }),
    ...(format === undefined ? {} : { format_spec: format }),
  });
  return pieces;
}

function formatSpec(lowering: Lowering, spec: SyntaxNode, style: Style): JoinedStr {
  const fields = spec.kids.filter((kid) => kid.type === "format_expression");
  return joined(spec, around(lowering, fields, spec.start + 1, spec.end, { ...style, depth: style.depth + 1 }));
}

function joined(place: { start: number; end: number }, pieces: readonly Piece[]): JoinedStr {
  const values: (Constant | FormattedValue)[] = [];
  for (const piece of pieces) {
    const last = values.at(-1);
    if (!("text" in piece)) values.push(piece);
    else if (piece.text === "") continue;
    else if (last?.type === "Constant") {
      values[values.length - 1] = { ...last, end: piece.end, value: `${last.value}${piece.text}` };
    } else values.push({ type: "Constant", start: piece.start, end: piece.end, kind: "str", value: piece.text });
  }
  return { type: "JoinedStr", start: place.start, end: place.end, values };
}
