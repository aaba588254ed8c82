import { rule } from "./rule.ts";

export const remoteChange = rule("NB108", function* ({ document }) {
  const uses = Map.groupBy(
    document.edges.filter(({ kind, certainty }) => kind === "alias" && certainty === "must"),
    ({ from }) => from,
  );
  const told = new Set<string>();
  for (const { id, cell, accesses } of document.statements) {
    for (const { kind, certainty, alias, place, range } of accesses) {
      if (kind !== "change" || certainty !== "must" || alias === undefined || alias === place.name) continue;
      const user = uses.get(id)?.find(({ name, to }) => name === place.name && Number.parseInt(to, 10) !== cell);
      const key = `${cell} ${alias} ${place.name}`;
      const isBoundHere = document
        .valueAfter(id, place.name)
        ?.definedBy.every((by) => Number.parseInt(by, 10) === cell);
      if (user === undefined || told.has(key) || isBoundHere === true) continue;
      told.add(key);
      const userCell = Number.parseInt(user.to, 10);
      yield {
        tier: "hint",
        severity: "info",
        cell,
        range,
        subject: place.name,
        message:
          `This changes \`${place.name}\` without naming it: \`${alias}\` is another name of the same object, and cell ${userCell} uses it as \`${place.name}\`. ` +
          `If \`${place.name}\` should stay as it was, work on a copy (${alias} = ${place.name}.copy()); otherwise write \`${place.name}\` here.`,
        predicts: `\`${place.name}\` in cell ${userCell} has another value when this cell has run`,
        evidence: [{ cell: userCell, message: `uses \`${place.name}\`` }],
      };
    }
  }
});
