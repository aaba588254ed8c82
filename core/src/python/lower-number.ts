import type { Constant } from "./ast.ts";
import { type Lowering, report, textOf } from "./lowering.ts";
import type { SyntaxNode } from "./syntax-node.ts";

/** An integer, float or imaginary literal. */
export function lowerNumber(lowering: Lowering, node: SyntaxNode): Constant {
  const written = textOf(lowering, node);
  const digits = written.replaceAll("_", "");
  const place = { type: "Constant", start: node.start, end: node.end } as const;
  if (/_(?![\da-f])|(?<![\da-fxob])_/i.test(written))
    report(lowering, node, `a _ stands between two digits: ${written} has another`);
  if (/^0[xob]/i.test(digits)) return { ...place, kind: "int", value: integer(trimLong(lowering, node, digits)) };
  if (/j$/i.test(digits)) return { ...place, kind: "complex", value: Number(digits.slice(0, -1)) };
  if (node.type === "float") return { ...place, kind: "float", value: Number(digits) };
  if (/^0\d*[1-9]/.test(digits)) {
    report(lowering, node, `${written} is an octal number of Python 2; write 0o${digits.replace(/^0+/, "")}`);
  }
  return { ...place, kind: "int", value: integer(trimLong(lowering, node, digits)) };
}

function trimLong(lowering: Lowering, node: SyntaxNode, digits: string): string {
  if (!/l$/i.test(digits)) return digits;
  report(lowering, node, `${digits} is a long number of Python 2; write it without the L`);
  return digits.slice(0, -1);
}

/** More digits than any machine holds as a number: CPython itself refuses to convert more than 4,300. */
const mostDigits = 4300;

function integer(digits: string): number | bigint {
  const small = Number(digits);
  if (Number.isSafeInteger(small)) return small;
  return digits.length > mostDigits && !/^0[xob]/i.test(digits) ? Number.POSITIVE_INFINITY : BigInt(digits);
}
