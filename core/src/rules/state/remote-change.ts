import type { Access, Dataflow, Edge, Statement } from "../../dataflow/model.ts";
import { cellOf } from "../../dataflow/statement-id.ts";
import { inStatements } from "../clue.ts";
import { indexOf } from "../document-index.ts";
import { rule } from "../rule.ts";

/** A change that the code does not show where it stands. */
interface Hidden {
  readonly statement: Statement;
  readonly access: Access;
  /** Who uses the object afterwards, in another cell. */
  readonly user: Edge;
  readonly what: string;
  readonly mend: string;
}

export const remoteChange = rule("NB108", function* ({ document }) {
  const told = new Set<string>();
  for (const { statement, access, user, what, mend } of hiddenIn(document)) {
    const { cell, id } = statement;
    const { name } = access.place;
    const key = `${cell} ${what} ${name}`;
    if (told.has(key) || document.valueAfter(id, name)?.definedBy.every((by) => cellOf(by) === cell) === true) continue;
    told.add(key);
    yield {
      tier: "hint",
      severity: "info",
      cell,
      range: access.range,
      subject: name,
      message: `${what}, and cell ${cellOf(user.to)} uses it as \`${name}\`. If \`${name}\` should stay as it was, ${mend}.`,
      predicts: `\`${name}\` in cell ${cellOf(user.to)} has another value when this cell has run`,
      evidence: [{ cell: cellOf(user.to), message: `uses \`${name}\`` }],
    };
  }
});

/** Changes that are made by another name, or in a function that was called. */
const indirectChanges = inStatements((statement) =>
  statement.accesses.flatMap((access) => {
    const { kind, alias, through, place } = access;
    const isIndirect = (alias !== undefined && alias !== place.name) || through !== undefined;
    return kind === "change" && isIndirect ? [{ statement, access }] : [];
  }),
);

function* hiddenIn(document: Dataflow): Generator<Hidden> {
  for (const { statement, access } of indirectChanges(document)) {
    const { certainty, alias, through, place } = access;
    const { name } = place;
    const user = (wanted: Edge["kind"]) =>
      indexOf(document)
        .edgesFrom(statement.id)
        .find(
          (edge) =>
            edge.certainty === "must" &&
            edge.kind === wanted &&
            edge.name === name &&
            cellOf(edge.to) !== statement.cell,
        );
    const aliased = alias === undefined || alias === name ? undefined : user("alias");
    const changed = through === undefined ? undefined : user("change");
    if (aliased === undefined && changed === undefined) continue;
    const isView = alias !== undefined && isViewOf(document, statement, alias);
    if (certainty !== "must" && !isView) continue;
    if (aliased !== undefined) {
      yield {
        statement,
        access,
        user: aliased,
        what: `This changes \`${name}\` without naming it: \`${alias}\` is ${isView ? "a view of its memory" : "another name of the same object"}`,
        mend: isView
          ? `work on a copy (\`.copy()\`, of a tensor \`.clone()\`); otherwise write \`${name}\` here`
          : `work on a copy (${alias} = ${name}.copy()); otherwise write \`${name}\` here`,
      };
    } else if (changed !== undefined && makesAnother(document, statement, name)) {
      yield {
        statement,
        access,
        user: changed,
        what: `\`${through}\` gives a result and changes \`${name}\` itself as well`,
        mend: `let \`${through}\` begin with a copy of its argument; otherwise give its result the name \`${name}\``,
      };
    }
  }
}

/** Whether a name surely holds a view of an array or tensor: a slice, a transposition, a layer's weights. */
function isViewOf(document: Dataflow, { id }: Statement, alias: string): boolean {
  const index = indexOf(document);
  const before = index.before(id);
  const value = before === undefined ? undefined : document.valueAfter(before.id, alias);
  const [definer] = value?.definedBy ?? [];
  if (definer === undefined || !/^(?:numpy\.ndarray|torch\.Tensor)$/.test(value?.type ?? "")) return false;
  const made = index.statement(definer)?.node;
  if (made?.type !== "Assign") return false;
  const { value: node } = made;
  if (node.type === "Subscript") return node.slice.type === "Slice";
  return node.type === "Attribute" && /^(?:T|mT|data|weight|bias|values|real|imag)$/.test(node.attr.name);
}

/** `prepared = prepare(df)`: who reads it takes `df` to be as it was. Called for its effect alone, it hides nothing. */
function makesAnother({ definitions }: Dataflow, { node, calls, accesses }: Statement, name: string): boolean {
  if (node.type !== "Assign" || accesses.some(({ kind, place }) => kind === "bind" && place.name === name))
    return false;
  // A function that changes a global says so by its body; here the object is handed over.
  return calls.some(
    ({ callee, argumentNames }) =>
      definitions.some((definition) => callee === `notebook.${definition.name}` && definition.kind === "function") &&
      [...argumentNames.values()].some((names) => names.includes(name)),
  );
}
