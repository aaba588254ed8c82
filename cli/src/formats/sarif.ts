import { createHash } from "node:crypto";
import {
  type Finding,
  type Fix,
  type Problem,
  type Range,
  type Rule,
  rules,
  type SuppressedFinding,
} from "@reprise/core";
import { rulePage } from "@reprise/core/node";
import type { Analysed } from "../jobs/analysed.ts";
import { fileReplacement } from "./file-replacement.ts";

const levels = { error: "error", warning: "warning", info: "note" } as const;

/** The schema of SARIF 2.1.0 with its errata (https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/). */
const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * SARIF 2.1.0. Regions are those of the file, the lines of the JSON in an .ipynb, so that viewers find them; the cell and
 * the line in it stand beside them. What the author suppressed is there as such, with the reason.
 */
export function sarif(reports: readonly Analysed[], unreadable: readonly Problem[], version: string): object {
  const told = reports.flatMap((report) => [
    ...report.report.findings.map((finding) => ({ report, finding, suppressed: undefined })),
    ...report.suppressed.map((finding) => ({ report, finding, suppressed: finding })),
  ]);
  const used = new Set(told.map(({ finding }) => finding.rule));
  const described = rules.filter((rule) => used.has(rule.id));
  const fingerprints = new Map<string, number>();
  return {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Reprise", version, rules: described.map(describe) } },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: unreadable.length === 0,
            ...(unreadable.length === 0 ? {} : { toolExecutionNotifications: unreadable.map(notification) }),
          },
        ],
        results: told.map(({ report, finding, suppressed }) => ({
          ...resultOf(report, finding, described, fingerprints),
          ...(suppressed === undefined ? {} : { suppressions: [suppressionOf(suppressed)] }),
        })),
      },
    ],
  };
}

function describe(rule: Rule): object {
  const page = rulePage(rule.id);
  return {
    id: rule.id,
    name: rule.name,
    shortDescription: { text: rule.summary },
    ...(page === undefined ? {} : { help: { text: plain(page), markdown: page } }),
  };
}

/** A page without the signs of Markdown that are noise in plain text. */
const plain = (page: string) => page.replaceAll(/^#+ |`/gm, "");

function resultOf(
  { notebook, positions }: Analysed,
  finding: Finding,
  described: readonly Rule[],
  fingerprints: Map<string, number>,
): object {
  const uri = uriOf(notebook.path);
  const index = described.findIndex(({ id }) => id === finding.rule);
  const line = notebook.cells[finding.cell]?.source.split("\n")[finding.range.start.line - 1] ?? "";
  const place = (cell: number, range: Range) => ({
    physicalLocation: { artifactLocation: { uri }, region: region(positions.range(cell, range)) },
    logicalLocations: [{ name: `cell ${cell}`, kind: "module", fullyQualifiedName: `cells[${cell}]` }],
  });
  const related = finding.evidence.map(({ cell, range, message }, id) => ({
    id,
    message: { text: message },
    ...place(cell, range ?? { start: firstPlace, end: firstPlace }),
  }));
  const fixes = finding.fixes.flatMap((fix) => fixOf(fix, notebook, positions, uri));
  return {
    ruleId: finding.rule,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: levels[finding.severity],
    message: { text: finding.predicts ? `${finding.message}\nWhen run again: ${finding.predicts}` : finding.message },
    locations: [place(finding.cell, finding.range)],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    partialFingerprints: { "reprise/v1": fingerprint([uri, finding.rule, finding.subject, line.trim()], fingerprints) },
    ...(fixes.length === 0 ? {} : { fixes }),
    properties: {
      tier: finding.tier,
      subject: finding.subject,
      cell: finding.cell,
      line: finding.range.start.line,
      ...(finding.cellId === undefined ? {} : { cellId: finding.cellId }),
      ...("verification" in finding ? { verification: finding.verification } : {}),
    },
  };
}

const firstPlace = { line: 1, column: 1 };

/** The same for the same finding when cells were moved or other lines were edited; a second of its kind has a number. */
function fingerprint(facts: readonly string[], seen: Map<string, number>): string {
  const hash = createHash("sha256").update(facts.join("\0")).digest("hex").slice(0, 32);
  const count = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, count);
  return `${hash}:${count}`;
}

function fixOf(
  { title, edits, cells = [] }: Fix,
  notebook: Analysed["notebook"],
  positions: Analysed["positions"],
  uri: string,
): object[] {
  // Cells that are put in or moved are no replacement of a piece of text: `reprise fix` does those.
  if (edits.length === 0 || cells.length > 0) return [];
  const replacements = edits.map((edit) => fileReplacement(edit, notebook, positions));
  return [
    {
      description: { text: title },
      artifactChanges: [
        {
          artifactLocation: { uri },
          replacements: replacements.map(({ range, text }) => ({
            deletedRegion: region(range),
            insertedContent: { text },
          })),
        },
      ],
    },
  ];
}

function suppressionOf({ reason }: SuppressedFinding): object {
  return { kind: "inSource", status: "accepted", ...(reason === undefined ? {} : { justification: reason }) };
}

function notification({ id, message, place }: Problem): object {
  const at = place && {
    artifactLocation: { uri: uriOf(place.file) },
    ...(place.line === undefined ? {} : { region: { startLine: place.line, startColumn: place.column ?? 1 } }),
  };
  return {
    level: "error",
    descriptor: { id },
    message: { text: message },
    ...(at === undefined ? {} : { locations: [{ physicalLocation: at }] }),
  };
}

function region({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

const uriOf = (path: string) => encodeURI(path.replaceAll("\\", "/"));
