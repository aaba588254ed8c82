import assert from "node:assert/strict";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";
import { launcher, repository } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { notebookText } from "../support/notebooks.ts";
import { requirePython } from "../support/python.ts";

test("the real pre-commit stops a commit of a notebook with an error, and lets a tidy one through", async (context) => {
  const python = await requirePython(context, "notebooks");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  const [hooks, project, bin] = [join(folder, "hooks"), join(folder, "project"), join(folder, "bin")];
  for (const each of [hooks, project, bin]) mkdirSync(each);
  symlinkSync(launcher, join(bin, "reprise"));
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  const environment = {
    ...process.env,
    PATH: [bin, dirname(process.execPath), dirname(python), process.env.PATH].join(delimiter),
    PRE_COMMIT_HOME: join(folder, "cache"),
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "protocol.file.allow",
    GIT_CONFIG_VALUE_0: "always",
  };
  const call = async (directory: string, command: string, ...args: string[]) => {
    const { code, stdout, stderr } = await runProcess(command, args, { directory, environment });
    return { code, text: stdout + stderr };
  };
  const must = async (directory: string, command: string, ...args: string[]) => {
    const { code, text } = await call(directory, command, ...args);
    assert.equal(code, 0, `${command} ${args.join(" ")}: ${text}`);
    return text.trim();
  };
  // The repository of the hook: all that pre-commit reads there is its definition.
  cpSync(join(repository, ".pre-commit-hooks.yaml"), join(hooks, ".pre-commit-hooks.yaml"));
  await must(hooks, "git", "init", "--quiet");
  await must(hooks, "git", "add", ".");
  await must(hooks, "git", ...identity, "commit", "--quiet", "-m", "hooks");
  const revision = await must(hooks, "git", "rev-parse", "HEAD");
  writeFileSync(
    join(project, ".pre-commit-config.yaml"),
    `repos:\n  - repo: ${hooks}\n    rev: ${revision}\n    hooks:\n      - id: reprise-analyze\n        args: [--fail-on, error]\n`,
  );
  await must(project, "git", "init", "--quiet");
  await must(project, "pre-commit", "install");
  writeFileSync(join(project, "tidy.ipynb"), notebookText(["x = 1", "print(x)"]));
  writeFileSync(join(project, "readme.md"), "# No notebook\n");
  await must(project, "git", "add", ".");
  const allowed = await must(project, "git", ...identity, "commit", "-m", "tidy");
  assert.match(allowed, /reprise analyze[^\n]*Passed/);
  writeFileSync(join(project, "messy.ipynb"), notebookText(["print(nothing)"]));
  await must(project, "git", "add", ".");
  const stopped = await call(project, "git", ...identity, "commit", "-m", "messy");
  assert.notEqual(stopped.code, 0);
  assert.match(stopped.text, /messy\.ipynb:cell 0:1:7 {2}NB101/);
  assert.ok(!stopped.text.includes("tidy.ipynb"), "only what is committed is analysed");
});
