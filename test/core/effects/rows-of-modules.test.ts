import assert from "node:assert/strict";
import { test } from "node:test";
import { EffectCatalog } from "../../../core/src/effects/catalog.ts";
import type { EffectRow, EffectTable } from "../../../core/src/effects/table.ts";
import { tables } from "../../../core/src/effects/tables.ts";
import { sampledLibraries, samplesOf } from "../../../scripts/effects/library.ts";

const catalog = new EffectCatalog();
const sampled = new Set(sampledLibraries());

/** Modules of which one row says of every function that it gives what nobody can change. */
function unchangeableModules({ library, effects }: EffectTable): string[] {
  return effects
    .filter(({ names }) => names.split(" ").includes("*"))
    .flatMap((row) => ownersOf(row).filter((owner) => isModule(owner) && givesUnchangeable(owner)))
    .filter((owner) => !(sampled.has(library) && samplesOf(library).modules.includes(owner)));
}

function ownersOf({ of }: EffectRow): readonly string[] {
  return [of ?? []].flat();
}

/** A type row without a dot tells of a module's attributes. */
function isModule(owner: string): boolean {
  return !owner.includes(".") || catalog.type(owner) === undefined;
}

function givesUnchangeable(owner: string): boolean {
  const { returns } = catalog.lookup(`${owner}.a_function_that_no_row_lists`) ?? {};
  if (returns?.kind === "none") return true;
  return returns?.kind === "new" && returns.type !== undefined && catalog.isImmutable(returns.type);
}

test("where all of a module is said to give what cannot change, its functions are called", () => {
  assert.deepEqual(Object.values(tables).flatMap(unchangeableModules), []);
});

test("a row for all of a module that nobody calls is found", () => {
  const row = { of: "os.path", names: "*", returns: "builtins.str" };
  assert.deepEqual(unchangeableModules({ library: "nobody", effects: [row] }), ["os.path"]);
});
