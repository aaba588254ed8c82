import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the sample notebooks. */
export const samplesFolder = join(import.meta.dirname, "..", "..", "samples");

/** `samples/<name>/expected.json`: what Reprise must say about a sample; samples/README.md explains it. */
export interface Expectation {
  readonly about: string;
  readonly findings: readonly ExpectedFinding[];
  readonly tolerated: readonly ExpectedFinding[];
  readonly parameters: readonly string[];
  readonly stages: readonly string[];
  readonly convert: "converted" | "converted-with-findings" | "diagnosed";
  readonly diagnosis?: ExpectedFinding;
  readonly verify: readonly string[];
  readonly slow: boolean;
  /** Pairs of cells: the first writes a file that the second reads. */
  readonly fileEdges?: readonly (readonly [number, number])[];
}

export interface ExpectedFinding {
  /** One of these, where the same fact may be told by either. */
  readonly rule: string | readonly string[];
  /** Null: in any cell. */
  readonly cell: number | null;
  /** Null: several would be right. */
  readonly subject: string | null;
  readonly why: string;
}

/** A finding in an answer of the command line. */
export interface ToldFinding {
  readonly rule: string;
  readonly cell: number;
  readonly subject: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
}

export function readExpectation(sample: string): Expectation {
  return JSON.parse(readFileSync(join(samplesFolder, sample, "expected.json"), "utf8")) as Expectation;
}

export function rulesOf(expected: ExpectedFinding): readonly string[] {
  return typeof expected.rule === "string" ? [expected.rule] : expected.rule;
}

export function isMeant(expected: ExpectedFinding, told: ToldFinding): boolean {
  return (
    rulesOf(expected).includes(told.rule) &&
    (expected.cell === null || expected.cell === told.cell) &&
    (expected.subject === null || told.subject.includes(expected.subject))
  );
}

/** A finding as a line that is read in a failed test. */
export function lineOf(finding: ExpectedFinding | ToldFinding): string {
  const rule = "why" in finding ? rulesOf(finding).join(" or ") : finding.rule;
  const why = "why" in finding ? finding.why : `${finding.severity}: ${finding.message}`;
  return `${rule} cell ${finding.cell} ${finding.subject ?? ""} (${why})`;
}
