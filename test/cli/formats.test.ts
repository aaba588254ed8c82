/** What `analyze` writes for other programs, held against the official schema of SARIF and against the files themselves. */
import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ajvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { LineIndex } from "../../core/src/text/position.ts";
import { answerOf, repository, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { notebookText } from "../support/notebooks.ts";

const cells = [
  "import numpy as np\nfrom sklearn.model_selection import train_test_split",
  'X = np.arange(20).reshape(10, 2)  # "quoted" \\ é 𝒳',
  "a, b = train_test_split(X)\nc = np.random.rand(3)",
  "print(clf)  # reprise: ignore[NB101] comes from %run, see README",
  "total = X.sum()\nprint(totl)",
];

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface SarifResult {
  readonly ruleId: string;
  readonly locations: readonly [{ readonly physicalLocation: { readonly region: Region } }];
  readonly suppressions?: readonly { readonly kind: string; readonly justification?: string }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly [
      {
        readonly replacements: readonly {
          readonly deletedRegion: Region;
          readonly insertedContent: { readonly text: string };
        }[];
      },
    ];
  }[];
  readonly relatedLocations?: readonly object[];
}

async function sarifOf(folder: string, names: readonly string[]) {
  const { stdout, stderr } = await reprise(["analyze", ...names, "--format", "sarif"], { directory: folder });
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout) as {
    runs: [
      {
        results: SarifResult[];
        tool: { driver: { rules: { id: string; help?: object }[] } };
        invocations: [{ executionSuccessful: boolean }];
      },
    ];
  };
}

function writeForms(folder: string): readonly string[] {
  writeFileSync(join(folder, "lines.ipynb"), pretty(notebookText(cells)));
  writeFileSync(join(folder, "one.ipynb"), notebookText(cells));
  writeFileSync(join(folder, "script.py"), `# %%\n${cells.join("\n\n# %%\n")}\n`);
  return ["lines.ipynb", "one.ipynb", "script.py"];
}

/** As Jupyter saves it: a list of lines. */
function pretty(text: string): string {
  const notebook = JSON.parse(text) as { cells: { source: string | string[] }[] };
  for (const cell of notebook.cells) cell.source = String(cell.source).match(/[^\n]*\n|[^\n]+/g) ?? [];
  return JSON.stringify(notebook, undefined, 1);
}

const textAt = (text: string, region: Region): string => {
  const index = new LineIndex(text);
  const start = index.offset({ line: region.startLine, column: region.startColumn });
  return text.slice(start, index.offset({ line: region.endLine, column: region.endColumn }));
};

test("SARIF is valid by its official schema: findings, suppressions, fixes, notebooks that cannot be read", async (context) => {
  const folder = temporaryFolder(context);
  const names = writeForms(folder);
  for (const sample of ["titanic", "docstrings", "voters"]) {
    copyFileSync(join(repository, "samples", sample, `${sample}.ipynb`), join(folder, `${sample}.ipynb`));
  }
  writeFileSync(join(folder, "broken.ipynb"), "{");
  const log = await sarifOf(folder, [...names, "titanic.ipynb", "docstrings.ipynb", "voters.ipynb", "broken.ipynb"]);
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "fixtures", "sarif", "sarif-schema-2.1.0.json"), "utf8"),
  );
  const ajv = new ajvDraft04.default({ strict: false, allErrors: true });
  addFormats.default(ajv as never);
  const validate = ajv.compile(schema);
  assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 5), undefined, 1));
  const [run] = log.runs;
  assert.equal(run.invocations[0].executionSuccessful, false);
  assert.ok(run.results.length > 10);
  assert.ok(run.results.some(({ relatedLocations }) => relatedLocations !== undefined));
  assert.deepEqual(
    run.tool.driver.rules.filter(({ help }) => help === undefined),
    [],
  );
});

test("regions are those of the file, whatever the notebook is kept in", async (context) => {
  const folder = temporaryFolder(context);
  for (const name of writeForms(folder)) {
    const text = readFileSync(join(folder, name), "utf8");
    const { runs } = await sarifOf(folder, [name]);
    const at = (rule: string) =>
      runs[0].results
        .filter(({ ruleId }) => ruleId === rule)
        .map((one) => textAt(text, one.locations[0].physicalLocation.region));
    assert.deepEqual(at("NB101"), ["totl", "clf"], name);
    assert.ok(
      at("NB201").some((found) => found.includes("np.random.rand")),
      `${name}: ${at("NB201")}`,
    );
  }
});

test("what the author suppressed is there as such, with the reason", async (context) => {
  const folder = temporaryFolder(context);
  const { runs } = await sarifOf(folder, [writeForms(folder)[0] as string]);
  const suppressed = runs[0].results.filter(({ suppressions }) => suppressions !== undefined);
  assert.deepEqual(
    suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions]),
    [["NB101", [{ kind: "inSource", status: "accepted", justification: "comes from %run, see README" }]]],
  );
});

test("fixes, done in the file, leave a notebook that has them", async (context) => {
  const folder = temporaryFolder(context);
  for (const name of writeForms(folder)) {
    const text = readFileSync(join(folder, name), "utf8");
    const { runs } = await sarifOf(folder, [name]);
    const fix = runs[0].results.find(({ ruleId, fixes }) => ruleId === "NB101" && fixes !== undefined)?.fixes?.[0];
    assert.ok(fix, `${name} has a fix for the name that is misspelt`);
    const index = new LineIndex(text);
    let fixed = text;
    for (const { deletedRegion: at, insertedContent } of fix.artifactChanges[0].replacements.toReversed()) {
      const start = index.offset({ line: at.startLine, column: at.startColumn });
      const end = index.offset({ line: at.endLine, column: at.endColumn });
      fixed = fixed.slice(0, start) + insertedContent.text + fixed.slice(end);
    }
    writeFileSync(join(folder, name), fixed);
    const { runs: after } = await sarifOf(folder, [name]);
    assert.deepEqual(
      after[0].results.filter(({ ruleId, suppressions }) => ruleId === "NB101" && suppressions === undefined),
      [],
      name,
    );
  }
});

test("a finding keeps its fingerprint when cells above it come and go", async (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, "n.ipynb");
  const prints = async (list: readonly string[]) => {
    writeFileSync(file, notebookText(list));
    const { runs } = await sarifOf(folder, ["n.ipynb"]);
    return runs[0].results
      .filter(({ ruleId }) => ruleId === "NB101")
      .map((one) => one.partialFingerprints["reprise/v1"]);
  };
  const before = await prints(cells);
  assert.deepEqual(await prints(["# new", ...cells]), before);
  assert.equal(new Set(before).size, 2);
});

test("annotations of GitHub name the line of the file", async (context) => {
  const folder = temporaryFolder(context);
  const [name = ""] = writeForms(folder);
  const { stdout } = await reprise(["analyze", name, "--format", "github", "--select", "NB101"], { directory: folder });
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  const number = lines.findIndex((line) => line.includes("totl")) + 1;
  assert.match(
    stdout,
    new RegExp(
      `^::error file=lines.ipynb,line=${number},endLine=${number},col=\\d+,endColumn=\\d+,title=NB101 undefined-name%2C cell 4%2C line 2::`,
      "m",
    ),
  );
});

test("a script's findings stand at its own lines, in text and in JSON", async (context) => {
  const folder = temporaryFolder(context);
  writeForms(folder);
  const number = readFileSync(join(folder, "script.py"), "utf8").split("\n").indexOf("print(totl)") + 1;
  const { stdout } = await reprise(["analyze", "script.py", "--select", "NB101"], { directory: folder });
  assert.match(stdout, new RegExp(`^script.py:${number}:7 {2}NB101`, "m"));
  const answer = answerOf(
    await reprise(["analyze", "script.py", "--select", "NB101", "--json"], { directory: folder }),
  );
  const [notebook] = answer.notebooks as [{ findings: [{ cell: number; file: { start: object } }] }];
  assert.deepEqual(notebook.findings[0].file.start, { line: number, column: 7 });
});
