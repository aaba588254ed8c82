import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { program } from "../cli/src/program.ts";

const root = join(import.meta.dirname, "..");
const pages = ["*.md", "docs/**/*.md", "extension/*.md", "samples/**/*.md"].flatMap((pattern) =>
  globSync(pattern, { cwd: root }).map((file) => join(root, file)),
);

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, "");

/** The names that a page's headings have as places in it, as GitHub makes them. */
function anchors(page: string): ReadonlySet<string> {
  const headings = withoutCode(readFileSync(page, "utf8")).match(/^#+ .*$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, "")
        .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_\- ]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

test("every link of the documentation leads to a file and a heading that are there", () => {
  const dead = pages.flatMap((page) =>
    [...withoutCode(readFileSync(page, "utf8")).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = ""]) => {
      if (/^[a-z]+:/.test(link)) return [];
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      const isThere = existsSync(target) && (anchor === undefined || anchors(target).has(anchor));
      return isThere ? [] : [`${relative(root, page)}: ${link}`];
    }),
  );
  assert.ok(pages.length > 100, `${pages.length} pages`);
  assert.deepEqual(dead, []);
});

test("every command stands in the README, with its page, and among the commands of docs/cli.md", () => {
  const [readme, commands] = ["README.md", "docs/cli.md"].map((page) => readFileSync(join(root, page), "utf8"));
  for (const name of program("0").commands.map((command) => command.name())) {
    const row = (readme ?? "").split("\n").find((line) => line.startsWith(`| [\`reprise ${name}`));
    assert.ok(row?.includes("](docs/"), `${name} in the README`);
    assert.match(commands ?? "", new RegExp(`^reprise ${name} `, "m"), name);
  }
});
