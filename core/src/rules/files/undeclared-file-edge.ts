import { cellOf } from "../../dataflow/statement-id.ts";
import { inStatements } from "../clue.ts";
import { rule } from "../rule.ts";

export const undeclaredFileEdge = rule("NB305", function* ({ document }) {
  const told = new Set<string>();
  const edges = fileEdges(document);
  const filesOf = Map.groupBy(edges.length === 0 ? [] : document.files, ({ statement }) => statement);
  for (const { from, to, name } of edges) {
    const writer = cellOf(from);
    const reader = cellOf(to);
    const key = `${writer} ${name}`;
    if (writer === reader || told.has(key)) continue;
    const read = filesOf.get(to)?.find((file) => file.path === name && file.use === "read");
    const isWritten = filesOf.get(from)?.some((file) => file.path === name && file.use !== "read") === true;
    if (read === undefined || !isWritten) continue;
    told.add(key);
    yield {
      tier: "hint",
      severity: "info",
      cell: reader,
      range: read.range,
      subject: name,
      message:
        `Cell ${writer} writes \`${name}\`, and this cell reads it: it needs that cell, though no name says so, and finds the file of an older run where that cell was skipped. ` +
        "Reprise keeps the two in this order; pass the value itself where it is still in memory.",
      predicts: `another \`${name}\` where cell ${writer} did not run before`,
      evidence: [{ cell: writer, message: `writes \`${name}\`` }],
    };
  }
});

const fileEdges = inStatements(({ needs }) => needs.filter(({ kind }) => kind === "file"));
