import type { Dataflow, Statement } from "../../dataflow/model.ts";
import { inStatements } from "../clue.ts";
import { indexOf } from "../document-index.ts";
import { boundNames } from "../global-bindings.ts";
import { rule, sourceRange } from "../rule.ts";

/** Builtins that are called, and whose names people like for their data. */
const builtins = new Set(
  (
    "abs all any bin bool bytes chr dict dir enumerate filter float format frozenset hash hex id input int iter len list map " +
    "max min next object oct open ord pow print range repr reversed round set slice sorted str sum tuple type vars zip"
  ).split(" "),
);

/** Types of values that cannot be called. */
const data =
  /^(?:builtins\.(?:bool|bytes|complex|dict|float|frozenset|int|list|set|str|tuple)|numpy\.ndarray|pandas\.(?:DataFrame|Series|Index))$/;

export const shadowedBuiltin = rule("NB115", function* ({ document }) {
  const shadows = firstShadows(document);
  const index = indexOf(document);
  const told = new Set<string>();
  for (const { name, statement, range } of shadows.size === 0 ? [] : builtinCalls(document)) {
    const { id, cell, accesses } = statement;
    const shadow = shadows.get(name);
    const before = index.before(id);
    if (shadow === undefined || told.has(name) || before === undefined || !index.isBefore(shadow, statement)) continue;
    const value = document.valueAfter(before.id, name);
    const reads = accesses.some(({ kind, place }) => kind === "read" && place.name === name);
    if (!reads || value?.certain !== true || !data.test(value.type ?? "")) continue;
    told.add(name);
    const at = shadow.cell;
    const type = (value.type as string).slice((value.type as string).lastIndexOf(".") + 1);
    yield {
      tier: "hint",
      severity: "warning",
      cell,
      range,
      subject: name,
      message:
        `\`${name}\` is no longer Python's function here: ${at === cell ? "a line above" : `cell ${at}`} gave the name to a value (${type}), and calling that fails. ` +
        `Give the value another name; in a running kernel, \`del ${name}\` brings the function back.`,
      predicts: `TypeError: '${type}' object is not callable`,
      evidence: [{ cell: at, message: `binds \`${name}\`` }],
    };
  }
});

/** The first statement that gives each name to something else. */
function firstShadows(document: Dataflow): ReadonlyMap<string, Statement> {
  const first = new Map<string, Statement>();
  for (const { name, statement } of shadowings(document)) if (!first.has(name)) first.set(name, statement);
  return first;
}

const shadowings = inStatements((statement) =>
  boundNames(statement).flatMap((name) => (builtins.has(name) ? [{ name, statement }] : [])),
);

const builtinCalls = inStatements((statement, cell) =>
  statement.calls.flatMap(({ node: { func } }) =>
    func.type === "Name" && builtins.has(func.id) ? [{ name: func.id, statement, range: sourceRange(cell, func) }] : [],
  ),
);
