import { inStatements, inText } from "../clue.ts";
import { type Facts, rangeIn, rule, sourceRange } from "../rule.ts";

/** Modules that call a program or library which no Python package brings along, on every platform. */
const needs: Readonly<Record<string, string>> = {
  pytesseract: "the program tesseract",
  graphviz: "the program dot (Graphviz)",
  pygraphviz: "Graphviz and its headers",
  pydot: "the program dot (Graphviz)",
  pdf2image: "the programs of Poppler",
  pyodbc: "a driver of ODBC",
  tabula: "Java",
  pyspark: "Java",
  jpype: "Java",
  cx_Oracle: "Oracle's client",
  rpy2: "R",
  pdfkit: "the program wkhtmltopdf",
  ffmpeg: "the program ffmpeg",
};

const installs =
  /^\s*(?:sudo\s+(?:-\S+\s+)*|yes\s*\|\s*)*(?:apt|apt-get|yum|dnf|apk|brew|choco)\s+(?:-\S+\s+)*(?:install|add)\b/;

/** Whether a command line installs with the system's own package manager. */
export function installsSystemPackage(argument: string): boolean {
  return installs.test(argument);
}

export const systemPackage = rule("NB406", function* ({ document }) {
  yield* systemInstalls(document);
  const told = new Set<string>();
  for (const facts of needyImports(document)) {
    if (told.has(facts.subject)) continue;
    told.add(facts.subject);
    yield facts;
  }
});

const systemInstalls = inText(function* (cell): Generator<Facts> {
  for (const { kind, argument, span } of cell.translation.commands) {
    if (kind !== "shell" || !installsSystemPackage(argument)) continue;
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.translation.cell,
      range: rangeIn(cell, span),
      subject: argument.trim(),
      message:
        "This cell installs packages of the operating system, in versions that nothing says, and needs the rights of an administrator: " +
        "no Python environment can hold them. Name them in the project's README or Dockerfile, and take the line out of the notebook.",
      predicts: "the run fails without these rights, or on another system",
    };
  }
});

const needyImports = inStatements(function* ({ node }, cell): Generator<Facts> {
  const modules =
    node.type === "Import" ? node.names.map(({ name }) => name) : node.type === "ImportFrom" ? [node.module ?? ""] : [];
  for (const module of modules.map((name) => name.split(".", 1)[0] as string)) {
    if (!Object.hasOwn(needs, module)) continue;
    yield {
      tier: "hint",
      severity: "info",
      cell: cell.translation.cell,
      range: sourceRange(cell, node),
      subject: module,
      message:
        `\`${module}\` needs ${needs[module]}, which installing the Python package does not bring along. ` +
        "Say so in the project's README, or put it into its Dockerfile.",
      predicts: `an error where ${needs[module]} is missing`,
    };
  }
});
