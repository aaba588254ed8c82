import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Journal, readJournal } from "../../../core/src/run/journal/journal.ts";
import type { JournalEntry, JournalHead } from "../../../core/src/run/journal/journal-entry.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requireDisk } from "../../support/small-disk.ts";

const head: JournalHead = {
  schema: "reprise.journal/1",
  content: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] },
  indices: [],
};

const text = (value: string): JournalEntry => ({
  at: "message",
  cell: "a",
  type: "stream",
  date: "2026-01-01",
  content: { name: "stdout", text: value },
});

/** Separators that a line reader may take for the end of a line, and what needs an escape in JSON. */
const awkward = ["\u2028 \u2029 \r \x85 \v", 'quote " and \\ ', "é😀", "x".repeat(200_000)];

async function entriesOf(path: string): Promise<JournalEntry[] | undefined> {
  const journal = await readJournal(path);
  return journal && (await Array.fromAsync(journal.entries));
}

test("a journal gives back what was appended", async (context) => {
  const path = join(temporaryFolder(context), "journal.jsonl");
  const journal = Journal.create(path, head, assert.fail);
  for (const value of awkward) journal.append(text(value));
  journal.close();
  assert.deepEqual((await readJournal(path))?.head, head);
  assert.deepEqual(await entriesOf(path), awkward.map(text));
});

test("a journal that was cut off, wherever, gives back what is whole", async (context) => {
  const path = join(temporaryFolder(context), "journal.jsonl");
  const journal = Journal.create(path, head, assert.fail);
  for (const value of ["a", "é😀", "c"]) journal.append(text(value));
  journal.close();
  const whole = readFileSync(path);
  const all = (await entriesOf(path)) ?? [];
  for (let end = 0; end < whole.length; end++) {
    writeFileSync(path, whole.subarray(0, end));
    const found = await entriesOf(path);
    if (found === undefined) assert.ok(end <= JSON.stringify(head).length);
    else assert.deepEqual(found, all.slice(0, found.length));
  }
  appendFileSync(path, "\nno JSON\n");
  assert.equal((await entriesOf(join(path, "..", "no-such.jsonl")))?.length, undefined);
});

test("an entry that cannot be written ends the journal, and nothing else", async (context) => {
  const path = join(temporaryFolder(context), "journal.jsonl");
  const told: string[] = [];
  const journal = Journal.create(path, head, ({ message }) => told.push(message));
  journal.append(text("a"));
  journal.flush();
  journal.append({ ...text("b"), content: { value: 1n } } as JournalEntry);
  journal.append(text("c"));
  journal.close();
  assert.equal(told.length, 1);
  assert.deepEqual(await entriesOf(path), [text("a")]);
});

test("a journal on a full disk says so once, and nobody else suffers", async (context) => {
  const disk = await requireDisk(context, "size=64k");
  if (disk === undefined) return;
  const told: string[] = [];
  const journal = Journal.create(join(disk, "journal.jsonl"), head, ({ message }) => told.push(message));
  for (let round = 0; round < 20; round++) {
    journal.append(text("x".repeat(10_000)));
    await new Promise(setImmediate);
  }
  journal.close();
  assert.equal(told.length, 1);
  assert.match(told[0] ?? "", /ENOSPC/);
});
