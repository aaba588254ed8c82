import type * as ast from "../../python/ast.ts";

/** A line that a `print` writes. */
export interface PrintedLine {
  /** One group for each of `expressions`: the number that stands for it. */
  readonly pattern: RegExp;
  readonly expressions: readonly string[];
}

/** Text of a line, or a value in it; what is not `wanted` may look like anything. */
type Piece = { readonly text: string } | { readonly wanted: string | undefined };

/** More values of which nothing is known could make a pattern slow. */
const mostUnknown = 3;

/**
 * The line of `print("MAE", mae)` or `print(f"MAE: {mae:.2f}")`, in which the numbers of `wanted` expressions are looked
 * for. `undefined` for what prints several lines or is put together in another way, and for a line without words, by
 * which it would be known.
 */
export function printedLine(node: ast.Stmt, python: string, wanted: ReadonlySet<string>): PrintedLine | undefined {
  if (node.type !== "Expr" || node.value.type !== "Call") return undefined;
  const { func, args, keywords } = node.value;
  if (func.type !== "Name" || func.id !== "print" || keywords.length > 0) return undefined;
  const given = (value: ast.Expr): Piece => {
    const expression = python.slice(value.start, value.end);
    return { wanted: wanted.has(expression) ? expression : undefined };
  };
  const pieces = args.flatMap((argument, at) => [...(at === 0 ? [] : [{ text: " " }]), ...piecesOf(argument, given)]);
  const words = pieces.map((piece) => ("text" in piece ? piece.text : "")).join("");
  const unknown = pieces.filter((piece) => "wanted" in piece && piece.wanted === undefined);
  if (!/\p{L}{2}/u.test(words) || words.includes("\n") || unknown.length > mostUnknown) return undefined;
  return {
    pattern: new RegExp(`^${pieces.map(patternOf).join("")}$`, "gm"),
    expressions: pieces.flatMap((piece) => ("wanted" in piece ? (piece.wanted ?? []) : [])),
  };
}

function piecesOf(node: ast.Expr, given: (value: ast.Expr) => Piece): readonly Piece[] {
  if (node.type === "Constant" && node.kind === "str") return [{ text: String(node.value) }];
  const formatted = formattedText(node);
  if (formatted !== undefined) return fieldsOf(formatted, given);
  if (node.type !== "JoinedStr") return [given(node)];
  return node.values.flatMap((part) => {
    if (part.type !== "FormattedValue") return piecesOf(part, given);
    // A share in percent is another number than the value.
    const isShare = part.format_spec?.values.some((text) => text.type !== "Constant" || /%/.test(String(text.value)));
    return [isShare ? { wanted: undefined } : given(part.value)];
  });
}

/** A text with places for values: how a place looks, and what stands there in order. */
interface FormattedText {
  readonly template: string;
  readonly field: RegExp;
  readonly values: readonly ast.Expr[];
}

/** `"MAE: {:.2f}".format(mae)`, `"MAE: %.2f" % mae`. */
function formattedText(node: ast.Expr): FormattedText | undefined {
  if (node.type === "BinOp" && node.op === "%" && node.left.type === "Constant" && node.left.kind === "str") {
    const values = node.right.type === "Tuple" ? node.right.elts : [node.right];
    return { template: String(node.left.value), field: /%[-+ #0-9.]*[a-zA-Z%]/, values };
  }
  if (node.type !== "Call" || node.keywords.length > 0 || node.func.type !== "Attribute") return undefined;
  const { value: left, attr } = node.func;
  if (attr.name !== "format" || left.type !== "Constant" || left.kind !== "str") return undefined;
  return { template: String(left.value), field: /\{[^{}]*\}/, values: node.args };
}

/** Where places and values do not go together one by one, nothing is known of the text. */
function fieldsOf({ template, field, values }: FormattedText, given: (value: ast.Expr) => Piece): readonly Piece[] {
  const texts = template.split(new RegExp(field, "g"));
  const fields = template.match(new RegExp(field, "g")) ?? [];
  const isPlain = fields.every((each) => /^(%[^%]*|\{(:.*)?\})$/.test(each)) && !/\{\{|\}\}/.test(template);
  if (!isPlain || fields.length !== values.length) return [{ wanted: undefined }];
  return texts.flatMap((text, at) => {
    const [value, spec] = [values[at], fields[at] ?? ""];
    // A share in percent is another number than the value.
    return value === undefined ? [{ text }] : [{ text }, /\{.*%\}/.test(spec) ? { wanted: undefined } : given(value)];
  });
}

function patternOf(piece: Piece): string {
  if ("text" in piece) return piece.text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return piece.wanted === undefined ? ".*?" : String.raw`([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)`;
}
