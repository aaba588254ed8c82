import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv } from "ajv";
import { analyzeCommand } from "../../cli/src/commands/analyze.ts";
import { convertCommand } from "../../cli/src/commands/convert.ts";
import { runCommand } from "../../cli/src/commands/run.ts";
import { verifyCommand } from "../../cli/src/commands/verify.ts";
import schema from "../../core/src/configuration/reprise.schema.json" with { type: "json" };
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { notebookText } from "../support/notebooks.ts";

const messy = notebookText(["import random\nx = random.random()", "total = x + 1\nprint(nothing)"]);

interface Told {
  readonly findings: readonly { readonly rule: string; readonly severity: string }[];
}

/** What `analyze` says of a notebook in `folder`/sub, with a configuration in `folder`. */
async function analyzed(folder: string, file: string, text: string, args: readonly string[] = []) {
  mkdirSync(join(folder, "sub"), { recursive: true });
  writeFileSync(join(folder, "sub", "messy.ipynb"), messy);
  writeFileSync(join(folder, file), text);
  const finished = await reprise(["analyze", "sub/messy.ipynb", "--json", ...args], { directory: folder });
  const answer = answerOf(finished) as {
    notebooks?: Told[];
    error?: { id: string; place: object; message: string; mend: string };
  };
  const rules = (answer.notebooks?.[0]?.findings ?? []).map(({ rule, severity }) => `${rule} ${severity}`);
  return { exit: finished.code, rules, error: answer.error };
}

test("settings are found above the notebook, in either file, and what the call says wins", async (context) => {
  const folder = temporaryFolder(context);
  const plain = await analyzed(folder, "other.toml", "");
  assert.ok(plain.rules.includes("NB101 error") && plain.rules.includes("NB201 warning"), plain.rules.join());

  const ignored = await analyzed(folder, "pyproject.toml", '[project]\nname = "x"\n[tool.reprise]\nignore = ["NB2"]\n');
  assert.deepEqual(
    ignored.rules,
    plain.rules.filter((rule) => !rule.startsWith("NB2")),
  );

  const selected = await analyzed(
    folder,
    "reprise.toml",
    'select = ["NB201"]\nfail-on = "error"\n[severity]\nNB2 = "info"\n',
  );
  assert.deepEqual(selected, { exit: 0, rules: ["NB201 info"], error: undefined });

  const called = await analyzed(folder, "reprise.toml", 'select = ["NB201"]\nfail-on = "never"\n', [
    "--select",
    "NB101",
    "--fail-on",
    "error",
  ]);
  assert.deepEqual(called, { exit: 1, rules: ["NB101 error"], error: undefined });

  const perFile = await analyzed(
    folder,
    "reprise.toml",
    '[per-file-ignores]\n"sub/*.ipynb" = ["NB1"]\n"other.ipynb" = ["NB2"]\n',
  );
  assert.deepEqual(
    perFile.rules,
    plain.rules.filter((rule) => !rule.startsWith("NB1")),
  );
});

test("a rule that there is not is told with its line", async (context) => {
  const { exit, error } = await analyzed(temporaryFolder(context), "reprise.toml", '[severity]\nNB999 = "info"\n');
  assert.equal(exit, 2);
  assert.equal(error?.id, "RP145");
  assert.deepEqual(error?.place, { file: "reprise.toml", line: 2, column: 1 });
  assert.match(error?.message ?? "", /no rule NB999/);
});

test("options of run come from the configuration, and those of the call are stronger", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "n.ipynb"), notebookText(["x = 1"]));
  writeFileSync(join(folder, "reprise.toml"), '[run]\nenv = ["REPRISE_NOT_SET_ANYWHERE"]\n');
  const configured = answerOf(await reprise(["run", "n.ipynb", "--json"], { directory: folder }));
  assert.match((configured.error as { message: string }).message, /REPRISE_NOT_SET_ANYWHERE/);
  const called = answerOf(
    await reprise(["run", "n.ipynb", "--json", "--env", "ANOTHER_ONE_NOT_SET"], { directory: folder }),
  );
  assert.match((called.error as { message: string }).message, /ANOTHER_ONE_NOT_SET/);
});

test("the published schema is valid, and names options that the commands have", () => {
  new Ajv({ allowUnionTypes: true, strict: true, strictTypes: false }).compile(schema);
  const commands = { convert: convertCommand(), run: runCommand(), verify: verifyCommand() };
  for (const [name, command] of Object.entries(commands)) {
    const { properties } = schema.properties[name as keyof typeof commands];
    const unknown = Object.keys(properties).filter(
      (key) => !command.options.some(({ long }) => long === `--${key}` || long === `--no-${key}`),
    );
    assert.deepEqual(unknown, [], name);
    for (const [key, value] of Object.entries(properties)) {
      const choices = command.options.find(({ long }) => long === `--${key}`)?.argChoices;
      const values =
        "enum" in value
          ? value.enum
          : "$ref" in value && value.$ref.endsWith("/engine")
            ? schema.definitions.engine.enum
            : undefined;
      if (choices !== undefined) assert.deepEqual(values, choices, `${name}.${key}`);
    }
  }
  const failOn = analyzeCommand().options.find(({ long }) => long === "--fail-on")?.argChoices;
  assert.deepEqual(schema.properties["fail-on"].enum, failOn);
});
