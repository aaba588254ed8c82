import type { OriginStatement, Verification } from "@reprise/core/node";
import { color } from "./color.ts";

/** 0 where the proof holds. */
export const proofExit = ({ outcome }: Verification) => (outcome === "identical" || outcome === "equivalent" ? 0 : 1);

const paint: Readonly<Record<string, (text: string) => string>> = {
  identical: color.green,
  equivalent: color.green,
  different: color.red,
  failed: color.red,
  missing: color.red,
  "not-comparable": color.yellow,
  opaque: color.yellow,
  new: color.yellow,
};

const painted = (word: string) => (paint[word] ?? color.dim)(word);

/** A proof for people: the verdict, what it rests on, and every difference. */
export function verificationText(verification: Verification): string {
  const { outcome, values, outputs, nondeterministic, origin, reason, tolerance, gaps = [] } = verification;
  const crossing = values.filter(({ crosses }) => crosses).length;
  const count = (verdict: string) => values.filter((value) => value.verdict === verdict).length;
  const kinds = ["identical", "equivalent", "different", "missing", "new", "opaque"].filter((kind) => count(kind) > 0);
  const told = [...values, ...outputs].filter(({ verdict }) => verdict !== "identical" && verdict !== "equivalent");
  return [
    `${color.bold(painted(outcome))}${reason ? `: ${reason}` : ""}`,
    `${values.length} values compared, ${crossing} of them cross a stage: ${kinds.map((kind) => `${count(kind)} ${painted(kind)}`).join(", ") || "none"} (rtol ${tolerance.rtol}, atol ${tolerance.atol})`,
    `${outputs.length} outputs compared: ${outputs.filter(({ verdict }) => verdict === "identical").length} identical`,
    ...(origin
      ? [`The two part first in stage ${origin.stage}, cell ${origin.cell}, at ${origin.name}: ${origin.message}`]
      : []),
    ...(origin?.statement ? [statementText(origin.statement)] : []),
    ...told.map((one) =>
      "name" in one
        ? `  ${painted(one.verdict)} ${one.stage}.${one.name} (cell ${one.cell}, ${one.type}): ${one.detail}`
        : `  ${painted(one.verdict)} ${one.path ?? one.kind} of cell ${one.cell}: ${one.detail}`,
    ),
    ...gaps.map(({ message }) => `  ${color.yellow("not expected")} ${message}`),
    ...nondeterministic.map(
      ({ name, cell, why }) => `  ${color.yellow("nondeterministic")} ${name} (cell ${cell}): ${why}`,
    ),
  ].join("\n");
}

/** `It begins at line 2 of cell 7 (src/wine/features.py:12): scaler = StandardScaler()`, and both values. */
function statementText({ cell, line, file, fileLine, code, name, message }: OriginStatement): string {
  return `It begins at line ${line} of cell ${cell} (${file}:${fileLine}): ${color.bold(code)}\n  ${name}: ${message}`;
}
