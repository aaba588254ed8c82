import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { isList, type ParameterValue, PythonFloat } from "../../../core/src/run/parameters/parameter-value.ts";
import { parametersFromYaml } from "../../../core/src/run/parameters/parameter-yaml.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { anyParameterValue, pythonShow, shown } from "./shown-value.ts";

const styles = ["PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE", "BLOCK_LITERAL", "BLOCK_FOLDED"] as const;

/** A value as a person may write it: plain, quoted or in several lines; lists and mappings in blocks or in brackets. */
function node(value: ParameterValue, style: () => number): Scalar | YAMLSeq | YAMLMap {
  if (value instanceof PythonFloat) return Object.assign(new Scalar(value.value), { minFractionDigits: 1 });
  if (typeof value === "string") {
    const type = styles[style() % styles.length] ?? "PLAIN";
    return Object.assign(new Scalar(value), { type });
  }
  if (value === null || typeof value !== "object") return new Scalar(value);
  const flow = style() % 2 === 0;
  if (isList(value)) {
    const list = new YAMLSeq();
    list.items = value.map((item) => node(item, style));
    return Object.assign(list, { flow });
  }
  const map = new YAMLMap();
  map.items = Object.entries(value).map(
    ([key, item]) => new Pair(Object.assign(new Scalar(key), { type: "QUOTE_DOUBLE" }), node(item, style)),
  );
  return Object.assign(map, { flow });
}

test("a kernel has the values that a YAML file of parameters says, however they are nested and quoted (83)", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const values = fc.sample(anyParameterValue, { numRuns: 300, seed: 11 });
  let turn = 0;
  const document = new Document(undefined, { version: "1.1" });
  const named = Object.fromEntries(values.map((value, at) => [`v${at}`, value]));
  document.contents = Object.assign(
    node(named, () => turn++),
    { flow: false },
  ) as typeof document.contents;
  const parameters = new Map(Object.entries(parametersFromYaml(document.toString())));
  const folder = temporaryFolder(context);
  const cells = [pythonShow, `print(json.dumps([show(globals()[f"v{at}"]) for at in range(${values.length})]))`];
  const notebook = readNotebook(notebookText(cells), join(folder, "a.ipynb"));
  const { content, record } = await runNotebook({ notebook, engine, directory: folder, command: [], parameters });
  assert.equal(record.status, "succeeded", record.failure?.message);
  const [output] = content.cells.at(-1)?.outputs as { text: string }[];
  assert.deepEqual(JSON.parse(output?.text ?? ""), values.map(shown));
});
