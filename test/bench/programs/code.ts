import type { Writer } from "./writer.ts";

/** Functions, one of which reads a global constant. */
export function functions(writer: Writer): void {
  const { random } = writer;
  const rate = writer.name("RATE", "FACTOR", "threshold");
  const convert = writer.name("convert", "adjust", "scale");
  const values = writer.name("values", "readings", "samples");
  writer.note("## Helpers");
  writer.code(`${rate} = ${random.between(2, 9)} / 4`);
  writer.code(`def ${convert}(value, offset=${writer.number(0, 5)}):`, `    return value * ${rate} + offset`);
  writer.code(`${values} = [${Array.from({ length: 6 }, () => random.between(1, 50)).join(", ")}]`);
  const results = writer.name("results", "converted", "adjusted");
  writer.code(`${results} = [${convert}(one) for one in ${values}]`, `${results}`);
  if (random.chance(0.5)) writer.show(`max(${results})`, `${convert}(10, offset=1)`);
  if (random.chance(0.4)) {
    const helper = writer.name("mean", "average");
    writer.code(
      `def ${helper}(numbers):`,
      "    total = 0",
      "    for number in numbers:",
      "        total += number",
      "    return total / len(numbers)",
    );
    writer.show(`${helper}(${results})`);
  }
}

/** A class with state, and its use. */
export function classes(writer: Writer): void {
  const { random } = writer;
  const kind = writer.name("Tally", "Tracker", "Account");
  const one = writer.name("tracker", "account", "counter");
  writer.code(
    `class ${kind}:`,
    "    def __init__(self, start=0):",
    "        self.total = start",
    "        self.seen = []",
    "",
    "    def add(self, value):",
    "        self.total += value",
    "        self.seen.append(value)",
    "        return self",
  );
  writer.code(
    `${one} = ${kind}(${writer.number(0, 9)})`,
    `for value in range(${random.between(2, 6)}):`,
    `    ${one}.add(value)`,
  );
  writer.show(`${one}.total`, `${one}.seen`);
  if (random.chance(0.5)) writer.code(`${one}.add(${writer.number(1, 9)})`, `print(${one}.total)`);
}

/** Lists, dictionaries and sets. */
export function containers(writer: Writer): void {
  const { random } = writer;
  const rows = writer.name("rows", "items", "records");
  const index = writer.name("index", "by_key", "table_of");
  writer.code(
    `${rows} = []`,
    `for number in range(${random.between(4, 9)}):`,
    `    ${rows}.append({"key": number % 3, "value": number * ${writer.number(2, 7)}})`,
  );
  writer.code(
    `${index} = {}`,
    `for row in ${rows}:`,
    `    ${index}.setdefault(row["key"], []).append(row["value"])`,
    `${index}`,
  );
  const count = writer.name("count", "total", "score");
  writer.code(`${count} = sum(row["value"] for row in ${rows})`);
  if (random.chance(0.6)) writer.code(`${rows}.append({"key": 9, "value": ${writer.number(1, 90)}})`, `len(${rows})`);
  if (random.chance(0.6)) writer.code(`${count} += ${writer.number(1, 9)}`, `print(${count})`);
  const kinds = writer.name("kinds", "unique", "keys");
  writer.code(`${kinds} = sorted({row["key"] for row in ${rows}})`);
  writer.show(`${kinds}`, `${index}[0]`, `${count}`);
  if (random.chance(0.4)) {
    const words = writer.name("words", "tally");
    writer.code("from collections import Counter", `${words} = Counter("the cat and the dog and the bird".split())`);
    writer.show(`${words}.most_common(2)`);
  }
}

/** Arrays and views of them. */
export function arrays(writer: Writer): void {
  const { random } = writer;
  const grid = writer.name("grid", "matrix", "A");
  const size = random.between(3, 6);
  writer.code("import numpy as np");
  writer.code(`${grid} = np.arange(${size * size}, dtype=float).reshape(${size}, ${size})`, `${grid}.sum()`);
  const first = writer.name("first", "row", "edge");
  writer.code(`${first} = ${grid}[0].copy()`, `${first} *= ${writer.number(2, 5)}`);
  const product = writer.name("product", "P", "gram");
  writer.code(`${product} = ${grid} @ ${grid}.T`);
  writer.show(`${product}.trace()`, `${first}.mean()`);
  if (random.chance(0.5)) writer.code(`${grid} = ${grid} + ${writer.number(1, 4)}`, `print(${grid}.mean())`);
  if (random.chance(0.5)) writer.code(`norm = np.linalg.norm(${grid}, axis=1)`, "norm");
}

/** A file that one cell writes and another reads. */
export function files(writer: Writer): void {
  const { random } = writer;
  const config = writer.name("config", "settings", "options");
  const path = random.pick(["config.json", "out.json", "settings.json"]);
  writer.code("import json", "from pathlib import Path");
  writer.code(`${config} = {"alpha": ${writer.number(1, 9)}, "name": "run"}`);
  writer.code(`Path("${path}").write_text(json.dumps(${config}))`);
  const loaded = writer.name("loaded", "restored", "again");
  writer.code(`${loaded} = json.loads(Path("${path}").read_text())`, `${loaded}["alpha"]`);
  if (random.chance(0.5)) writer.code(`with open("log.txt", "w") as log:`, `    log.write(str(${loaded}))`);
}

/** Text. */
export function texts(writer: Writer): void {
  const text = writer.name("text", "document", "corpus");
  const tokens = writer.name("tokens", "terms", "words");
  writer.code(`${text} = "It was the best of times, it was the worst of times"`);
  writer.code("import re", `${tokens} = re.findall(r"\\w+", ${text}.lower())`, `print(len(${tokens}))`);
  const lengths = writer.name("lengths", "sizes", "widths");
  writer.code(`${lengths} = {token: len(token) for token in ${tokens}}`, `${lengths}`);
  if (writer.random.chance(0.5))
    writer.code(`${tokens} = [token for token in ${tokens} if len(token) > 2]`, `print(${tokens}[:3])`);
}
