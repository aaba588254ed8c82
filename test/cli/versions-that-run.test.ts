import assert from "node:assert/strict";
import { test } from "node:test";
import type { Conversion, ConversionOptions } from "../../cli/src/jobs/convert/conversion.ts";
import { type Attempt, withVersionsThatRun } from "../../cli/src/jobs/convert/versions-that-run.ts";

const tooNew = { name: "pandas", below: "2.0", why: "cell 2 uses pandas.DataFrame.append, gone since 2.0" };

/** An attempt whose notebook stops after so many cells; at the end where it does not. */
function attempt(options: ConversionOptions, ran: number | "all", isCertain = false): Attempt {
  const conversion = { analysis: { notebook: { languageVersion: "3.6.5" } }, environment: { python: "3.11" } };
  const stop = { cell: 2, ran: Number(ran), mayBeVersions: true, ...(isCertain ? { tooNew } : {}) };
  return {
    options,
    // Of both only what is asked for: the rest would be a whole notebook and a whole proof.
    conversion: conversion as unknown as Conversion,
    proof: { verification: ran === "all" ? {} : { stop } } as unknown as Attempt["proof"],
  };
}

async function tried(first: Attempt, ran: (options: ConversionOptions) => number | "all", isCertain = false) {
  const asked: ConversionOptions[] = [];
  const notes: string[] = [];
  const call = { note: (text: string) => notes.push(text) } as unknown as Parameters<typeof withVersionsThatRun>[2];
  const again = async (options: ConversionOptions) => {
    asked.push(options);
    return attempt(options, ran(options), isCertain);
  };
  const { options } = await withVersionsThatRun(first, again, call);
  return { options, asked: asked.map(({ limits, asOf }) => limits?.[0]?.below ?? asOf), notes };
}

test("a notebook that runs is left alone, and so is one whose user named a day", async () => {
  assert.deepEqual((await tried(attempt({}, "all"), () => "all")).asked, []);
  assert.deepEqual((await tried(attempt({ asOf: "2025-01-01" }, 1), () => "all")).asked, []);
});

test("the library that is too new is taken older first", async () => {
  const { options, asked, notes } = await tried(attempt({}, 1, true), () => "all");
  assert.deepEqual(asked, ["2.0"]);
  assert.deepEqual(options.limits, [tooNew]);
  assert.match(notes[0] ?? "", /pandas is too new \(cell 2 uses pandas\.DataFrame\.append/);
});

test("where no library is known to be too new, or it was not that, the packages are those of the notebook's time", async () => {
  assert.deepEqual((await tried(attempt({}, 1), () => "all")).asked, ["2023-02-21"]);
  const { options, asked } = await tried(attempt({}, 1, true), ({ asOf }) => (asOf === undefined ? 1 : "all"), true);
  assert.deepEqual(asked, ["2.0", "2023-02-21"]);
  assert.equal(options.limits, undefined);
});

test("versions with which it comes no further are not kept", async () => {
  const { options, asked } = await tried(attempt({}, 3), () => 3);
  assert.deepEqual(asked, ["2023-02-21"]);
  assert.equal(options.asOf, undefined);
});
