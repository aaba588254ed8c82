import type { AnalysedCell, Dataflow, Statement } from "../dataflow/model.ts";
import type { Finding, Fix } from "../rules/finding.ts";
import { analysedCell, lineStart, linesOf, takesPython } from "./code-lines.ts";
import type { Fixer } from "./fixer.ts";
import { isImport, placeImports } from "./import-place.ts";

const definitions = new Set(["FunctionDef", "AsyncFunctionDef", "ClassDef"]);

/** Moves a function, class or import up to where it is first needed; what it needs itself stays where it is. */
export const moveDefinition: Fixer = ({ document }, finding) => {
  const found = definerOf(document, finding);
  if (found === undefined) return undefined;
  const { home, statement } = found;
  if (isImport(statement)) return collectImports(document, finding.cell);
  const lines = linesOf(home, statement);
  const user = analysedCell(document.cells, finding.cell);
  if (!definitions.has(statement.node.type) || lines === undefined || user === undefined) return undefined;
  const title =
    home === user
      ? `Move the definition of \`${finding.subject}\` above line ${finding.range.start.line}`
      : `Move the definition of \`${finding.subject}\` above this cell`;
  const removal = { cell: home.cell.index, range: lines.range, text: "" };
  if (home !== user) {
    const cells = [{ kind: "insert", before: finding.cell, source: lines.text }] as const;
    return { id: "move-definition", title, edits: [removal], cells };
  }
  const needing = user.statements.find(({ range }) => range.end.line >= finding.range.start.line);
  if (needing === undefined || !takesPython(user)) return undefined;
  const insertion = { cell: finding.cell, range: lineStart(needing.range.start.line), text: `${lines.text}\n\n` };
  return { id: "move-definition", title, edits: [insertion, removal] };
};

function definerOf(
  document: Dataflow,
  { evidence }: Finding,
): { home: AnalysedCell; statement: Statement } | undefined {
  const [definition] = evidence;
  if (definition?.range === undefined) return undefined;
  const home = analysedCell(document.cells, definition.cell);
  const { start } = definition.range;
  const statement = home?.statements.find(
    ({ range }) => range.start.line === start.line && range.start.column === start.column,
  );
  return home === undefined || statement === undefined ? undefined : { home, statement };
}

/**
 * Brings the imports that stand below the first cell of imports up to it, above `user`. Left where they are: star imports,
 * those whose name something else binds too, and those below a line that prepares for them (a path, an installation, an
 * environment variable, another folder).
 */
function collectImports(document: Dataflow, user: number): Fix | undefined {
  const homeIndex = document.cells.find((cell) => takesPython(cell) && cell.statements.some(isImport))?.cell.index;
  const first = homeIndex === undefined || homeIndex > user ? undefined : homeIndex;
  const bindings = countBindings(document);
  const moved: { text: string; cell: number; range: Fix["edits"][number]["range"] }[] = [];
  for (const cell of document.cells) {
    if (preparesImports.test(cell.translation.python)) break;
    if (cell.cell.index === first || !takesPython(cell)) continue;
    for (const statement of cell.statements) {
      if (!isImport(statement) || !isMovable(statement, bindings)) continue;
      const lines = linesOf(cell, statement);
      if (lines !== undefined) moved.push({ text: lines.text, cell: cell.cell.index, range: lines.range });
    }
  }
  if (moved.length === 0) return undefined;
  const texts = [...new Set(moved.map(({ text }) => text))];
  const placed = placeImports(document, texts, user);
  return {
    id: "collect-imports",
    title: `Collect the imports: ${texts.length === 1 ? `\`${texts[0]?.split("\n").at(-1)}\`` : `${texts.length} of them`}`,
    ...placed,
    edits: [...placed.edits, ...moved.map(({ cell, range }) => ({ cell, range, text: "" }))],
  };
}

/** What must run before an import for it to be the one that is meant. */
const preparesImports =
  /\bsys\.path\b|\bos\.environ\b|\bchdir\b|\bputenv\b|run_line_magic\('(?:pip|conda|cd|env|set_env|run)'|\bsystem\(|\b(?:pip|git)\b|%%writefile/;

function isMovable({ node }: Statement, bindings: ReadonlyMap<string, number>): boolean {
  if (node.type !== "Import" && node.type !== "ImportFrom") return false;
  if (node.type === "ImportFrom" && (node.module === "__future__" || node.level > 0)) return false;
  return node.names.every(({ name, asname }) => {
    const bound = asname?.name ?? name.split(".", 1)[0] ?? name;
    return name !== "*" && (bindings.get(bound) ?? 0) === 0;
  });
}

/** How often each name is bound by something that is no import. */
function countBindings({ statements }: Dataflow): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const statement of statements) {
    if (isImport(statement)) continue;
    for (const { kind, place } of statement.accesses) {
      if (kind === "bind" && place.path.length === 0) counts.set(place.name, (counts.get(place.name) ?? 0) + 1);
    }
  }
  return counts;
}
