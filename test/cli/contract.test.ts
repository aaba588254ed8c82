/** The contract of `analyze`, `graph`, `convert`, `runs`, `env` and of every wrong call: one row a call. */
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { answerOf, reprise } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { notebookText } from "../support/notebooks.ts";

const messy = notebookText(["import random\nx = random.random()", "total = x + 1\nprint(nothing)", "unrelated = 5"]);
const tidy = notebookText([
  { source: "alpha = 0.5\nrows = [1, 2]", tags: ["parameters"], count: 1 },
  { source: "scaled = [row * alpha for row in rows]", count: 2 },
  { source: "print(sum(scaled))", count: 3 },
]);
/** Saved in another order than it was run in: the last cell first. */
const reordered = notebookText([
  { source: "print(late)", count: 2 },
  { source: "late = 1", count: 1 },
]);
const files = { "messy.ipynb": messy, "tidy.ipynb": tidy, "reordered.ipynb": reordered, "broken.ipynb": "{" };

interface Call {
  readonly name: string;
  readonly args: string;
  readonly input?: string;
  readonly exit: number;
  /** Fields of the JSON object on stdout, as they must be. */
  readonly fields?: object;
  readonly says?: RegExp;
  readonly saysNot?: RegExp;
  /** On stderr. */
  readonly tells?: RegExp;
  /** What is there afterwards beside the notebooks. */
  readonly leaves?: readonly string[];
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[`);

const failed = (id: string) => ({ outcome: "failed", error: { id } });

const calls: readonly Call[] = [
  // analyze
  {
    name: "findings are text with cell, line and column",
    args: "analyze messy.ipynb",
    exit: 1,
    says: /messy\.ipynb:cell 1:2:7 {2}NB101/,
  },
  { name: "text that is no terminal's has no colours", args: "analyze messy.ipynb", exit: 1, saysNot: colours },
  {
    name: "a clean notebook is said to be",
    args: "analyze tidy.ipynb --json",
    exit: 0,
    fields: {
      schema: "reprise.analyze/1",
      outcome: "clean",
      notebooks: [{ path: "tidy.ipynb", language: "python", codeCells: 3, findings: [], suppressed: 0 }],
    },
  },
  {
    name: "--format json is --json",
    args: "analyze tidy.ipynb --format json",
    exit: 0,
    fields: { schema: "reprise.analyze/1", outcome: "clean" },
  },
  {
    name: "only what is at or above --fail-on fails",
    args: "analyze messy.ipynb --json --fail-on never",
    exit: 0,
    fields: { outcome: "findings" },
  },
  {
    name: "a warning does not fail at error",
    args: "analyze messy.ipynb --json --fail-on error --ignore NB101",
    exit: 0,
    fields: { outcome: "findings" },
  },
  {
    name: "--select takes the beginnings of ids",
    args: "analyze messy.ipynb --select NB1 --json",
    exit: 1,
    says: /NB101/,
    saysNot: /NB201/,
  },
  {
    name: "--ignore leaves rules out",
    args: "analyze messy.ipynb --ignore NB101,NB2 --json",
    exit: 0,
    fields: { outcome: "clean" },
  },
  {
    name: "a rule that there is not is refused",
    args: "analyze messy.ipynb --select NB777 --json",
    exit: 2,
    fields: failed("RP141"),
  },
  { name: "the document's order is analysed", args: "analyze reordered.ipynb --json", exit: 1, says: /NB10\d/ },
  {
    name: "the recorded order is analysed where it is asked for",
    args: "analyze reordered.ipynb --order recorded --json --select NB102",
    exit: 0,
    fields: { outcome: "clean" },
  },
  {
    name: "GitHub gets annotations",
    args: "analyze messy.ipynb --format github",
    exit: 1,
    says: /^::error file=messy\.ipynb,line=1,[^:]*title=NB101 [^:]*::/m,
  },
  { name: "a clean notebook gives GitHub nothing", args: "analyze tidy.ipynb --format github", exit: 0, says: /^\n?$/ },
  {
    name: "standard input is a notebook",
    args: "analyze - --json",
    input: tidy,
    exit: 0,
    fields: { notebooks: [{ path: "-" }] },
  },
  {
    name: "several notebooks are answered in one object",
    args: "analyze tidy.ipynb messy.ipynb --json",
    exit: 1,
    fields: { notebooks: [{ path: "tidy.ipynb" }, { path: "messy.ipynb" }] },
  },
  {
    name: "a broken notebook does not keep the others from being analysed",
    args: "analyze broken.ipynb messy.ipynb --json",
    exit: 2,
    fields: {
      outcome: "failed",
      error: { id: "RP102", place: { file: "broken.ipynb" } },
      notebooks: [{ path: "messy.ipynb" }],
    },
  },
  {
    name: "a broken notebook is told beside the others' findings",
    args: "analyze broken.ipynb messy.ipynb",
    exit: 2,
    says: /NB101/,
    tells: /RP102/,
  },
  {
    name: "no notebook is a wrong call",
    args: "analyze --json",
    exit: 2,
    fields: { schema: "reprise.analyze/1", ...failed("RP141") },
  },
  {
    name: "a value that an option does not have is a wrong call",
    args: "analyze tidy.ipynb --format xml",
    exit: 2,
    tells: /text, json, sarif, github/,
  },
  // graph
  {
    name: "the graph is JSON",
    args: "graph tidy.ipynb --json",
    exit: 0,
    fields: {
      schema: "reprise.graph/1",
      outcome: "ok",
      nodes: [
        { id: "c0", cell: 0 },
        { id: "c1", cell: 1 },
        { id: "c2", cell: 2 },
      ],
      order: { document: [0, 1, 2], recorded: [0, 1, 2] },
    },
  },
  {
    name: "edges name what crosses",
    args: "graph tidy.ipynb --json",
    exit: 0,
    says: /\{"from":"c1","to":"c2","kind":"value","name":"scaled","certainty":"must"/,
  },
  { name: "the graph is mermaid", args: "graph tidy.ipynb", exit: 0, says: /^flowchart TD\n/ },
  { name: "the graph is dot", args: "graph tidy.ipynb --format dot", exit: 0, says: /^digraph[\s\S]*->/ },
  { name: "the graph is a picture", args: "graph tidy.ipynb --format svg", exit: 0, says: /^<svg [\s\S]*<\/svg>\s*$/ },
  {
    name: "statements can be the nodes",
    args: "graph tidy.ipynb --by statement --json",
    exit: 0,
    says: /"id":"(s|c)?0[.:]1"/,
  },
  { name: "stages can be the nodes", args: "graph tidy.ipynb --by stage --json", exit: 0, says: /"stage":"\w+"/ },
  {
    name: "a slice keeps what a name needs, no others",
    args: "graph messy.ipynb --slice total --json",
    exit: 0,
    fields: { nodes: [{ cell: 0 }, { cell: 1 }] },
  },
  {
    name: "a slice of a cell is taken too",
    args: "graph messy.ipynb --slice 2 --json",
    exit: 0,
    fields: { nodes: [{ cell: 2 }] },
  },
  {
    name: "a slice of a name that nothing binds is refused",
    args: "graph tidy.ipynb --slice nobody --json",
    exit: 2,
    fields: failed("RP141"),
  },
  {
    name: "stages of what cannot be converted are refused",
    args: "graph messy.ipynb --by stage --json",
    exit: 2,
    fields: failed("RP121"),
  },
  // convert
  {
    name: "a conversion says what it made",
    args: "convert tidy.ipynb -o out --no-lock --json",
    exit: 0,
    leaves: ["out"],
    fields: {
      schema: "reprise.convert/1",
      outcome: "converted",
      notebook: "tidy.ipynb",
      project: "out",
      package: "tidy",
      order: { used: [0, 1, 2] },
    },
  },
  {
    name: "parameters have types and origins",
    args: "convert tidy.ipynb -o out --no-lock --dry-run --json",
    exit: 0,
    leaves: [],
    says: /\{"name":"alpha","type":"float","default":0\.5,"cell":0,"origin":"tag"\}/,
  },
  {
    name: "--dry-run writes nothing",
    args: "convert tidy.ipynb -o out --no-lock --dry-run",
    exit: 0,
    leaves: [],
    says: /Would write out/,
  },
  {
    name: "targets add their files",
    args: "convert tidy.ipynb -o out --no-lock --dry-run --target dvc,github-actions --json",
    exit: 0,
    leaves: [],
    says: /"\.github\/workflows\/[\w-]+\.yml".*"dvc\.yaml"/,
  },
  {
    name: "an unknown target is refused",
    args: "convert tidy.ipynb -o out --target airflw --json",
    exit: 2,
    leaves: [],
    fields: failed("RP127"),
  },
  {
    name: "a package that Python cannot import is refused",
    args: "convert tidy.ipynb -o out --no-lock --package my-model --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  {
    name: "a keyword is no package",
    args: "convert tidy.ipynb -o out --no-lock --package class --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  {
    name: "what is no version of Python is refused",
    args: "convert tidy.ipynb -o out --no-lock --python snake --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  {
    name: "what is no day is refused",
    args: "convert tidy.ipynb -o out --no-lock --as-of 2023-02-31 --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  {
    name: "a conversion needs a folder",
    args: "convert tidy.ipynb --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  {
    name: "what cannot be converted is diagnosed, and nothing written",
    args: "convert messy.ipynb -o out --no-lock --json",
    exit: 1,
    leaves: [],
    fields: { outcome: "diagnosed", notebook: "messy.ipynb" },
    says: /"rule":"NB101"/,
  },
  {
    name: "the folder of the notebook is never replaced",
    args: "convert tidy.ipynb -o . --no-lock --force --json",
    exit: 2,
    leaves: [],
    fields: failed("RP162"),
  },
  {
    name: "a file is never replaced by a project",
    args: "convert tidy.ipynb -o messy.ipynb --no-lock --force --json",
    exit: 2,
    leaves: [],
    fields: failed("RP162"),
  },
  {
    name: "a plan that cannot be read is refused",
    args: "convert tidy.ipynb -o out --no-lock --plan broken.ipynb --json",
    exit: 2,
    leaves: [],
    says: /"id":"RP1[24]\d"/,
  },
  {
    name: "standard input is converted",
    args: "convert - -o out --no-lock --package piped --json",
    input: tidy,
    exit: 0,
    leaves: ["out"],
    fields: { package: "piped" },
  },
  // runs, env, verify
  {
    name: "a store without runs is an empty list",
    args: "runs list --json",
    exit: 0,
    leaves: [],
    fields: { schema: "reprise.runs-list/1", outcome: "ok", runs: [] },
  },
  {
    name: "an unknown run is refused",
    args: "runs show 1234 --json",
    exit: 2,
    leaves: [],
    fields: { schema: "reprise.runs-show/1", ...failed("RP341") },
  },
  {
    name: "one run is not compared",
    args: "runs compare 1234 --json",
    exit: 2,
    leaves: [],
    fields: { schema: "reprise.runs-compare/1", ...failed("RP141") },
  },
  {
    name: "a lock as of no day is refused",
    args: "env lock tidy.ipynb --as-of yesterday --json",
    exit: 2,
    leaves: [],
    fields: { schema: "reprise.env-lock/1", ...failed("RP141") },
  },
  {
    name: "a folder that is no project is not verified",
    args: "verify tidy.ipynb . --json",
    exit: 2,
    leaves: [],
    fields: failed("RP161"),
  },
  {
    name: "a folder that is no project is not run",
    args: "run . --json",
    exit: 2,
    leaves: [],
    fields: failed("RP161"),
  },
  {
    name: "a limit for containers is refused outside of one",
    args: "run tidy.ipynb --memory 4g --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  {
    name: "no network is not promised outside of a container",
    args: "run tidy.ipynb --network none --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  {
    name: "an installed kernel is refused for a container",
    args: "run tidy.ipynb --engine docker --environment kernel --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  {
    name: "what is no number of GPUs is refused",
    args: "run tidy.ipynb --engine docker --gpus two --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  {
    name: "every need is a row",
    args: "doctor --json",
    exit: 0,
    leaves: [],
    fields: {
      schema: "reprise.doctor/1",
      outcome: "ready",
      needs: ["node", "python", "uv", "docker", "buildx", "gpu", "mlflow", "git"].map((name) => ({ name })),
    },
  },
  {
    name: "a variable that is not set here is not passed on in silence",
    args: "run tidy.ipynb --env NO_SUCH_VARIABLE --json",
    exit: 2,
    leaves: [],
    fields: failed("RP141"),
  },
  // everywhere
  {
    name: "a mistyped command is told, with the nearest",
    args: "anlyze tidy.ipynb",
    exit: 2,
    tells: /Did you mean analyze\?/,
  },
  {
    name: "a mistyped option is told, with the nearest",
    args: "analyze tidy.ipynb --formt json",
    exit: 2,
    tells: /Did you mean --format\?[\s\S]*reprise analyze --help/,
  },
  {
    name: "a mistyped command below a command is told in JSON",
    args: "runs lst --json",
    exit: 2,
    fields: { schema: "reprise.runs/1", ...failed("RP141") },
  },
  { name: "no command shows the help", args: "", exit: 2, tells: /Usage: reprise/ },
  { name: "the version is a version", args: "--version", exit: 0, says: /^\d+\.\d+\.\d+\n$/ },
];

describe("a call", { concurrency: 2 }, () => {
  for (const { name, args, input, exit, fields, says, saysNot, tells, leaves } of calls) {
    test(`${args.split(" ", 1)[0] || "reprise"}: ${name}`, { timeout: 60_000 }, async (context) => {
      const folder = temporaryFolder(context);
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      const finished = await reprise(args.split(" ").filter(Boolean), {
        directory: folder,
        environment: { REPRISE_HOME: join(folder, ".reprise") },
        ...(input === undefined ? {} : { input }),
      });
      assert.equal(finished.code, exit, finished.stdout.slice(0, 2000) + finished.stderr.slice(0, 2000));
      if (fields !== undefined) {
        const answer = answerOf(finished);
        assert.deepEqual(Object.keys(answer).slice(0, 2), ["schema", "outcome"]);
        assert.partialDeepStrictEqual(answer, fields);
        const { error } = answer as { error?: { message: string; mend: string } };
        if (exit > 1)
          assert.ok(error && error.message.length > 5 && error.mend.length > 10, "it says what and how to mend it");
      }
      if (says) assert.match(finished.stdout, says);
      if (saysNot) assert.doesNotMatch(finished.stdout, saysNot);
      if (tells) assert.match(finished.stderr, tells);
      if (leaves) assert.deepEqual(readdirSync(folder).sort(), [...Object.keys(files), ...leaves].sort());
    });
  }
});

test("analyze: SARIF has what GitHub and editors read", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "a b.ipynb"), messy);
  const finished = await reprise(["analyze", "a b.ipynb", "--format", "sarif"], { directory: folder });
  assert.equal(finished.code, 1, finished.stderr);
  const log = JSON.parse(finished.stdout);
  assert.equal(log.version, "2.1.0");
  const [run] = log.runs;
  assert.equal(run.tool.driver.name, "Reprise");
  const known = run.tool.driver.rules.map((rule: { id: string }) => rule.id);
  assert.ok(run.results.length >= 2);
  for (const result of run.results) {
    assert.ok(known.includes(result.ruleId));
    assert.match(result.level, /^(error|warning|note)$/);
    assert.ok(result.message.text.length > 0);
    const [{ physicalLocation, logicalLocations }] = result.locations;
    assert.equal(physicalLocation.artifactLocation.uri, "a%20b.ipynb");
    assert.ok(physicalLocation.region.startLine >= 1 && physicalLocation.region.startColumn >= 1);
    assert.match(logicalLocations[0].fullyQualifiedName, /^cells\[\d+\]$/);
  }
});
