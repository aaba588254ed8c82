import type { Finding, Tier } from "../../../core/src/rules/finding.ts";
import { table } from "../measure.ts";
import type { Expectation, Plan } from "./draft.ts";
import { type Claim, divergentCells, type Evidence, judge, needsAgain, repeats, type Truth } from "./judge.ts";
import type { SavedCell } from "./sessions.ts";

/** What one notebook says of the rules. */
export interface Outcome {
  readonly plan: Plan;
  readonly judged: readonly { readonly finding: Finding; readonly truth: Truth }[];
  readonly expected: readonly { readonly expectation: Expectation; readonly truth: Truth; readonly by?: Finding }[];
  /** A fresh run shows something else than was saved. */
  readonly diverges: boolean;
}

/** Rules that tell what the file records, and predict nothing. */
const records = new Set(["NB111", "NB112", "NB305"]);

export function outcomeOf(plan: Plan, evidence: Evidence, findings: readonly Finding[]): Outcome {
  const { cells } = evidence.recorded;
  const idOf = (index: number) => (cells[index] as SavedCell).id;
  const judged = findings.map((finding) => ({ finding, truth: truthOf(finding, plan, evidence, idOf) }));
  const expected = plan.expected.map((expectation) => {
    const cell = expectation.cell;
    const by = judged.find(
      ({ finding }) => expectation.rules.includes(finding.rule) && (cell === undefined || idOf(finding.cell) === cell),
    )?.finding;
    return { expectation, truth: plantedTruth(expectation, evidence), ...(by === undefined ? {} : { by }) };
  });
  return { plan, judged, expected, diverges: divergentCells(evidence).length > 0 };
}

function truthOf(finding: Finding, plan: Plan, evidence: Evidence, idOf: (index: number) => string): Truth {
  const claim: Claim = {
    rule: finding.rule,
    cell: idOf(finding.cell),
    subject: finding.subject,
    others: finding.evidence.map(({ cell }) => idOf(cell)),
  };
  const truth = judge(claim, evidence);
  if (truth !== "open") return truth;
  // Running does not show leakage or a path of this machine: what was planted is known, and nothing else was.
  const isKnown = plan.draft.known.includes(finding.rule);
  return isKnown || plan.expected.some(({ rules }) => rules.includes(finding.rule)) ? "true" : "open";
}

/** Whether the planted fault shows: a cell that is run twice may well give the same. */
function plantedTruth({ rules, cell, subject }: Expectation, evidence: Evidence): Truth {
  // Anywhere: whether any cell gives something else each time.
  if (cell === undefined && rules.some(needsAgain)) return repeats(evidence) ? "false" : "true";
  if (cell === undefined || subject === undefined) return "open";
  const truths = rules.map((rule) => judge({ rule, cell, subject, others: [] }, evidence));
  if (truths.includes("true")) return "true";
  return truths.includes("open") || rules.includes("NB107") ? "open" : "false";
}

const tiers: readonly Tier[] = ["proof", "strong", "hint"];

const isSure = ({ tier }: Finding): boolean => tier !== "hint";

export function report(outcomes: readonly Outcome[]): string {
  const controls = outcomes.filter(({ plan }) => plan.isControl);
  const planted = outcomes.filter(({ plan }) => !plan.isControl);
  const all = outcomes.flatMap(({ judged }) => judged).filter(({ finding }) => !records.has(finding.rule));
  const loud = controls.filter(({ judged }) =>
    judged.some(({ finding, truth }) => isSure(finding) && truth !== "true"),
  );
  const diverging = outcomes.filter(({ diverges }) => diverges);
  const silent = diverging.filter(({ judged }) => judged.every(({ finding }) => finding.severity === "info"));
  const told = planted.flatMap(({ expected }) => expected).filter(({ truth }) => truth !== "false");
  return [
    `${outcomes.length} notebooks: ${planted.length} with a fault, ${controls.length} controls. ` +
      `${told.length} faults show when the notebook runs, or can only be known from how they were made; ` +
      `${told.filter(({ by }) => by !== undefined).length} of them (${percent(told.filter(({ by }) => by !== undefined).length, told.length)}) are found.`,
    `Controls with an unconfirmed finding at strong or above: ${loud.length} of ${controls.length}; ` +
      `with a warning or error at all: ${controls.filter(({ judged }) => judged.some(({ finding, truth }) => finding.severity !== "info" && truth !== "true")).length}.`,
    `Notebooks that do not show again what they saved: ${diverging.length}; a warning or error says so in ${diverging.length - silent.length} of them (${percent(diverging.length - silent.length, diverging.length)}).`,
    table(
      ["tier", "findings", "right", "wrong", "not decided", "precision"],
      tiers.map((tier) =>
        precisionRow(
          tier,
          all.filter(({ finding }) => finding.tier === tier),
        ),
      ),
    ),
    table(
      ["rule", "findings", "right", "wrong", "not decided", "precision", "planted", "found", "recall"],
      [
        ...new Set([
          ...all.map(({ finding }) => finding.rule),
          ...told.flatMap(({ expectation }) => expectation.rules[0] as string),
        ]),
      ]
        .sort()
        .map((rule) => [
          ...precisionRow(
            rule,
            all.filter(({ finding }) => finding.rule === rule),
          ),
          ...recallCells(told.filter(({ expectation }) => expectation.rules[0] === rule)),
        ]),
    ),
    table(
      ["operator", "notebooks", "faults that show", "found", "recall"],
      [...Map.groupBy(planted, ({ plan }) => plan.operator)]
        .sort()
        .map(([operator, some]) => [
          operator,
          String(some.length),
          ...recallCells(some.flatMap(({ expected }) => expected).filter(({ truth }) => truth !== "false")),
        ]),
    ),
  ].join("\n\n");
}

function precisionRow(name: string, some: readonly { readonly truth: Truth }[]): string[] {
  const count = (wanted: Truth) => some.filter(({ truth }) => truth === wanted).length;
  const [right, wrong, open] = [count("true"), count("false"), count("open")];
  return [name, `${some.length}`, `${right}`, `${wrong}`, `${open}`, percent(right, right + wrong)];
}

function recallCells(told: readonly { readonly by?: Finding }[]): string[] {
  const found = told.filter(({ by }) => by !== undefined).length;
  return [`${told.length}`, `${found}`, percent(found, told.length)];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)}%`;
}

/** What is worth looking at: refuted findings, faults that were not found, controls that are called faulty. */
export function faultsOf({ plan, judged, expected }: Outcome): readonly string[] {
  return [
    ...judged
      .filter(
        ({ finding, truth }) =>
          !records.has(finding.rule) && (truth === "false" || (plan.isControl && isSure(finding) && truth === "open")),
      )
      .map(
        ({ finding, truth }) =>
          `${truth === "false" ? "refuted" : "told of a control"}: ${finding.rule} ${finding.tier} cell ${finding.cell} ${finding.subject}`,
      ),
    ...expected
      .filter(({ truth, by }) => truth !== "false" && by === undefined)
      .map(
        ({ expectation, truth }) =>
          `missed (${truth}): ${expectation.rules.join("/")} ${expectation.cell ?? ""} ${expectation.subject ?? ""}`,
      ),
  ];
}
