import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";
import { reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";

let bash = "";
before(async () => {
  bash = (await reprise(["completion", "bash"])).stdout;
});

/** What bash would offer after these words; the last one is being typed. */
async function offered(words: readonly string[], directory?: string): Promise<readonly string[]> {
  const script = `${bash}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _reprise; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await runProcess("bash", ["-c", script, "bash", ...words], directory ? { directory } : {});
  assert.equal(stderr, "");
  return stdout.split("\n").filter((line) => line !== "");
}

const typed: readonly { readonly words: readonly string[]; readonly offers: readonly string[] }[] = [
  { words: ["reprise", "ver"], offers: ["verify"] },
  { words: ["reprise", "runs", ""], offers: ["list", "show", "compare"] },
  { words: ["reprise", "analyze", "--fo"], offers: ["--format"] },
  { words: ["reprise", "analyze", "--format", "s"], offers: ["sarif"] },
  { words: ["reprise", "analyze", "a.ipynb", "--fail-on", "e"], offers: ["error"] },
  { words: ["reprise", "runs", "list", "--li"], offers: ["--limit"] },
  {
    words: ["reprise", "run", "--parameters-"],
    offers: ["--parameters-raw", "--parameters-file", "--parameters-yaml", "--parameters-base64"],
  },
  { words: ["reprise", "completion", "z"], offers: ["zsh"] },
  { words: ["reprise", "nonsense", "--json"], offers: [] },
];

for (const { words, offers } of typed) {
  test(`bash completes "${words.join(" ")}"`, async () => {
    assert.deepEqual([...(await offered(words))].sort(), [...offers].sort());
  });
}

test("bash completes notebooks with the files that are there", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "titanic.ipynb"), "");
  assert.deepEqual(await offered(["reprise", "analyze", "tit"], folder), ["titanic.ipynb"]);
});

test("zsh and fish get a script of their own, another shell is refused", async () => {
  assert.match((await reprise(["completion", "zsh"])).stdout, /^#compdef reprise\n/);
  const fish = (await reprise(["completion", "fish"])).stdout;
  assert.match(
    fish,
    /^complete -c reprise .*__fish_seen_subcommand_from analyze.* -l format -x -a 'text json sarif github'/m,
  );
  assert.equal((await reprise(["completion", "tcsh"])).code, 2);
});
