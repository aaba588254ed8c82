import type { Access, Dataflow, Edge } from "../../core/src/dataflow/model.ts";

/** A dataflow as text that a person can review: for each statement what it does, what it needs, and what it leaves. */
export function showDataflow(dataflow: Dataflow): string {
  const lines: string[] = [];
  for (const statement of dataflow.statements) {
    const cell = dataflow.cells.find(({ cell }) => cell.index === statement.cell);
    const text = cell?.translation.python.slice(statement.node.start, statement.node.end).split("\n")[0];
    lines.push(`[${statement.id}] ${text}`);
    for (const access of statement.accesses) lines.push(`    ${showAccess(access)}`);
    for (const read of statement.undefinedReads) lines.push(`    undefined ${read.place.name}`);
    for (const call of statement.calls) {
      lines.push(`    calls ${call.text} = ${call.callee ?? "?"}${call.role === undefined ? "" : ` (${call.role})`}`);
    }
    for (const edge of dataflow.edges.filter(({ to }) => to === statement.id)) lines.push(`    ${showEdge(edge)}`);
  }
  const last = dataflow.statements.at(-1);
  if (last !== undefined) {
    lines.push("", "after all:");
    for (const [name, value] of dataflow.valuesAfter(last.id)) {
      const flags = `${value.mutable ? " mutable" : ""}${value.certain ? "" : " perhaps"}`;
      lines.push(`    ${name}: ${value.type ?? "?"}${flags} from ${value.definedBy.join(" ")}`);
    }
    for (const { names, certainty } of dataflow.sharingAfter(last.id))
      lines.push(`    ${certainty} share: ${names.join(" ")}`);
  }
  for (const definition of dataflow.definitions) {
    lines.push(`${definition.kind} ${definition.name}: ${showDefinition(definition)}`);
  }
  for (const file of dataflow.files) lines.push(`[${file.statement}] ${file.use} file ${file.path ?? "?"}`);
  for (const { reader, writer } of dataflow.overwritings) lines.push(`[${writer}] overwrites what ${reader} read`);
  for (const use of dataflow.randomness) {
    lines.push(`[${use.statement}] ${use.use} ${use.stream}${use.seeded ? " seeded" : ""} by ${use.call.text}`);
  }
  return `${lines.join("\n")}\n`;
}

function showAccess({ kind, place, certainty, through, alias, why }: Access): string {
  const path = place.path.map((step) =>
    step.kind === "attribute" ? `.${step.name}` : step.kind === "column" ? `[:${step.name}]` : `[${step.name}]`,
  );
  const notes = [
    certainty === "may" ? "may" : "",
    through && `through ${through}`,
    alias && `as ${alias}`,
    why && `because ${why}`,
  ];
  return [`${kind} ${place.name}${path.join("")}`, ...notes.filter(Boolean)].join(", ");
}

function showEdge({ from, kind, name, certainty }: Edge): string {
  return `<- ${from} ${kind} ${name}${certainty === "may" ? ", may" : ""}`;
}

function showDefinition(definition: Dataflow["definitions"][number]): string {
  const parts = (["freeReads", "freeChanges", "freeBinds", "uses", "changesParameters"] as const).flatMap((key) =>
    definition[key].length === 0 ? [] : [`${key} ${definition[key].join(" ")}`],
  );
  return [...parts, ...(definition.opaque ? ["opaque"] : [])].join("; ");
}
