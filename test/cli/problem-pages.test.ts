import assert from "node:assert/strict";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type ProblemId, problems } from "../../core/src/problem/catalog.ts";
import { repository } from "../support/cli.ts";

const pages = join(repository, "docs", "problems");
const catalogue = "core/src/problem/catalog.ts";

/** The ids that the sources tell, each as a text of its own. */
const told = new Set(
  globSync("{core,cli}/src/**/*.ts", { cwd: repository })
    .filter((file) => file.replaceAll("\\", "/") !== catalogue)
    .flatMap((file) => [...readFileSync(join(repository, file), "utf8").matchAll(/id: "(RP\d{3})"/g)])
    .map(([, id = ""]) => id),
);

test("every problem of the catalogue can be met", () => {
  assert.deepEqual(
    Object.keys(problems).filter((id) => !told.has(id)),
    [],
  );
});

test("every problem has a page, and every page a problem", () => {
  const written = readdirSync(pages).filter((file) => file !== "README.md");
  assert.deepEqual(written.sort(), [...told].map((id) => `${id}.md`).sort());
});

for (const id of [...told].sort()) {
  test(`the page of ${id} says what it means, when it happens and how to mend it`, () => {
    const page = readFileSync(join(pages, `${id}.md`), "utf8");
    const title = id in problems ? problems[id as ProblemId].title : "";
    assert.ok(page.startsWith(`# ${id}: ${title}`), page.split("\n", 1)[0]);
    assert.match(page, /\n## When it happens\n\n\S/);
    assert.match(page, /\n## How to mend it\n\n\S/);
    const exit = id in problems ? problems[id as ProblemId].exit : undefined;
    if (exit !== undefined) assert.ok(page.includes(`Exit code ${exit}.`), "it names the exit code");
  });
}
