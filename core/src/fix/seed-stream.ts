import type { AnalysedCell, Dataflow, Statement } from "../dataflow/model.ts";
import type { Fix } from "../rules/finding.ts";
import { streamSeed } from "../rules/randomness/stream-seeds.ts";
import type { Range } from "../text/position.ts";
import { analysedCell, lineStart, takesPython } from "./code-lines.ts";
import type { Fixer } from "./fixer.ts";
import { isImport } from "./import-place.ts";

/** Generators of their own, which take their seed as their first argument. */
const generators = /^(?:numpy\.random\.(?:default_rng|RandomState)|random\.Random)$/;

/** Seeds a generator where it is made, a global stream once: below the imports where the module is imported there; else right above the first draw. */
export const seedStream: Fixer = ({ document }, { cell, subject, range }) => {
  if (generators.test(subject)) return seedGenerator(document, cell, range);
  const library = subject.split(".", 1)[0] as string;
  // JAX has no stream that could be seeded once: a key is made, and handed on.
  const stream = library === "jax" ? undefined : streamSeed({ document }, library);
  const user = analysedCell(document.cells, cell);
  if (stream === undefined || user === undefined || !takesPython(user)) return undefined;
  const imported = importOf(document, stream.module, cell);
  const isAbove = imported !== undefined && (imported.home.cell.index < cell || imported.end < range.start.line);
  if (imported === undefined || !isAbove) {
    const line = user.statements.find((statement) => statement.range.end.line >= range.start.line)?.range.start.line;
    if (line === undefined) return undefined;
    return seedFix(cell, lineStart(line), `import ${stream.module}\n${stream.module}.${stream.call}\n`);
  }
  const text = `${imported.name}.${stream.call}`;
  const { home, end } = imported;
  const lines = home.cell.source.split("\n");
  if (end < lines.length) return seedFix(home.cell.index, lineStart(end + 1), `${text}\n`);
  const last = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  return seedFix(home.cell.index, { start: last, end: last }, `\n${text}`);
};

/** `default_rng(0)` for `default_rng()`: no global seed reaches it. */
function seedGenerator({ cells }: Dataflow, cell: number, { start, end }: Range): Fix | undefined {
  const line = analysedCell(cells, cell)?.cell.source.split("\n")[end.line - 1] ?? "";
  const call = line.slice(start.line === end.line ? start.column - 1 : 0, end.column - 1);
  if (!call.endsWith("()")) return undefined;
  const at = { line: end.line, column: end.column - 1 };
  return {
    id: "seed-stream",
    title: `Seed the generator: \`${call.slice(0, -1)}0)\``,
    edits: [{ cell, range: { start: at, end: at }, text: "0" }],
    changesValues: true,
  };
}

function seedFix(cell: number, range: Fix["edits"][number]["range"], text: string): Fix {
  const call = text.trim().split("\n").at(-1);
  return {
    id: "seed-stream",
    title: `Seed the stream: \`${call}\``,
    edits: [{ cell, range, text }],
    changesValues: true,
  };
}

/** Where a module is imported as a whole, up to a cell: its name there, and the last line of the imports around it. */
function importOf(document: Dataflow, module: string, user: number) {
  for (const home of document.cells) {
    if (home.cell.index > user || !takesPython(home)) continue;
    for (const [at, { node }] of home.statements.entries()) {
      if (node.type !== "Import") continue;
      const found = node.names.find(({ name }) => name === module);
      if (found === undefined) continue;
      return { home, name: found.asname?.name ?? module, end: endOfImports(home, at) };
    }
  }
  return undefined;
}

function endOfImports({ statements }: AnalysedCell, at: number): number {
  let last: Statement | undefined;
  for (const statement of statements.slice(at)) {
    if (!isImport(statement)) break;
    last = statement;
  }
  return last?.range.end.line ?? 1;
}
