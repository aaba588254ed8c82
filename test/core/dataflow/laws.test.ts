import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import type { Dataflow } from "../../../core/src/dataflow/model.ts";
import { sliceOf } from "../../../core/src/dataflow/slice.ts";
import { parseCells } from "../../support/cells.ts";

const name = fc.constantFrom("a", "b", "c", "d", "f");
const statement = fc.oneof(
  fc.tuple(name, name).map(([to, from]) => `${to} = ${from}`),
  fc.tuple(name, name).map(([to, from]) => `${to} = [${from}]`),
  fc.tuple(name, name).map(([to, what]) => `${to}.append(${what})`),
  fc.tuple(name, name).map(([to, what]) => `${to}["k"] = ${what}`),
  fc.tuple(name, name).map(([to, what]) => `${to} = unknown_call(${what})`),
  fc.tuple(name, name).map(([to, what]) => `if ${what}:\n    ${to} = {}\nelse:\n    del ${what}`),
  fc.tuple(name, name, name).map(([one, two, to]) => `for ${to} in [${one}, ${two}]:\n    ${to}.add(${one})`),
  fc
    .tuple(name, name, name)
    .map(([fn, read, to]) => `def ${fn}(x):\n    global ${to}\n    ${to} = x\n    ${read}.append(x)`),
  fc.tuple(name, name).map(([fn, what]) => `${fn}(${what})`),
  name.map((one) => `${one} += 1`),
);
const cells = fc.array(
  fc.array(statement, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n")),
  { maxLength: 6 },
);

async function forAll(law: (dataflow: Dataflow) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(cells, async (texts) => law(analyseDataflow(await parseCells(texts)))),
    { numRuns: 60 },
  );
}

test("every read of a name either has an edge, is undefined, or is of a name bound in the statement itself", async () => {
  await forAll((dataflow) => {
    for (const { id, accesses, undefinedReads } of dataflow.statements) {
      const undefinedNames = new Set(undefinedReads.map(({ place }) => place.name));
      const bound = new Set(accesses.flatMap(({ kind, place }) => (kind === "bind" ? [place.name] : [])));
      const carried = new Set(dataflow.edges.filter(({ to }) => to === id).map((edge) => edge.name));
      for (const { kind, place } of accesses) {
        if (kind !== "read") continue;
        assert.ok(
          undefinedNames.has(place.name) || carried.has(place.name) || bound.has(place.name),
          `${id} ${place.name}`,
        );
      }
    }
  });
});

test("edges lead forwards in the order, and slices are closed under them", async () => {
  await forAll((dataflow) => {
    const position = new Map(dataflow.statements.map(({ id }, at) => [id, at]));
    for (const { from, to } of dataflow.edges) {
      assert.ok((position.get(from) as number) < (position.get(to) as number), `${from} before ${to}`);
    }
    for (const { id } of dataflow.statements) {
      const slice = new Set(sliceOf(dataflow, [id]));
      for (const { from, to } of dataflow.edges) assert.ok(!slice.has(to) || slice.has(from), `${from} for ${to}`);
    }
  });
});

test("what a name holds was defined by statements that are in the order", async () => {
  await forAll((dataflow) => {
    for (const [at, { id }] of dataflow.statements.entries()) {
      const before = new Set(dataflow.statements.slice(0, at + 1).map((one) => one.id));
      for (const [held, { definedBy }] of dataflow.valuesAfter(id)) {
        assert.ok(definedBy.length > 0 && definedBy.every((one) => before.has(one)), `${held} after ${id}`);
      }
    }
  });
});

test("that a list holds very much changes nothing for what needs what", async () => {
  const padding = ", []".repeat(40);
  const padded = (text: string) => text.replaceAll(/ = \[(\w)\]$/gm, ` = [$1${padding}]`);
  await fc.assert(
    fc.asyncProperty(cells, async (texts) => {
      const [little, much] = await Promise.all(
        [texts, texts.map(padded)].map(async (each) => analyseDataflow(await parseCells(each))),
      );
      for (const { id } of (little as Dataflow).statements) {
        assert.deepEqual(sliceOf(much as Dataflow, [id]), sliceOf(little as Dataflow, [id]), id);
      }
    }),
    { numRuns: 60 },
  );
});
