import { planGraph } from "../../graph/of-plan.ts";
import { svg } from "../../graph/svg.ts";
import type { PipelinePlan } from "../../plan/plan.ts";
import type { Templates } from "../../project/project.ts";
import type { PicturePair } from "../comparison/pictures.ts";
import type { OutputVerdict, ValueVerdict, Verification } from "../verdict.ts";
import { proofView, stageTones, type Tone, toneOf, worst } from "./proof-view.ts";
import { renderReport } from "./report-templates.ts";

/** What the page tells besides the verdicts. */
export interface VerificationContext {
  readonly plan: PipelinePlan;
  readonly templates: Templates;
  /** As the user named them; the plan's own name for the notebook where it is absent. */
  readonly notebook?: string;
  readonly project?: string;
  /** Of the outputs that are not the same, as `readPictures` gives them. */
  readonly pictures?: ReadonlyMap<number, PicturePair>;
  /** Now, where it is absent. */
  readonly when?: Date;
  /** Of Python and of the packages that the project names, by name. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** One self-contained HTML page: the verdict, the stages, every value and output, and how it was run. */
export function renderVerification(verification: Verification, context: VerificationContext): string {
  const { plan, templates, notebook = plan.notebook.path, project, when } = context;
  const { tolerance, runs } = verification;
  const names = plan.stages.map(({ name }) => name);
  return renderReport(templates, "verification", {
    title: `Proof of ${plan.notebook.title || plan.package}`,
    kicker: [notebook, project].filter(Boolean).join(" against "),
    footer: footer(when),
    proof: proofView(verification),
    graph: svg(planGraph(plan, stageTones(verification, names))),
    tolerance: `floats within rtol ${tolerance.rtol}, atol ${tolerance.atol}; everything else exactly; of two values the first is the notebook's`,
    stages: names.flatMap((name) => stageView(name, plan, verification, context.pictures)),
    nondeterministic: verification.nondeterministic,
    gaps: verification.gaps ?? [],
    facts: [
      ...versionFacts(context.versions),
      { label: "Runs of the notebook", value: runs.notebook.join(", ") || "none" },
      { label: "Runs of the project", value: runs.project.join(", ") || "none" },
    ],
  });
}

function versionFacts(versions: VerificationContext["versions"] = {}): object[] {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return named.length === 0 ? [] : [{ label: "Versions", value: named.join(", ") }];
}

/** The last line of every page. */
export function footer(when = new Date()): string {
  return `Made by Reprise on ${dateText(when)}.`;
}

/** `2026-03-01 14:05 UTC`. */
export function dateText(when: Date): string {
  return `${when.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

interface Row {
  readonly name: string;
  readonly isText: boolean;
  readonly type: string;
  readonly cell: number;
  readonly verdict: string;
  readonly tone: Tone;
  readonly detail: string;
  readonly distance?: string;
}

function stageView(
  name: string,
  plan: PipelinePlan,
  { values, outputs }: Verification,
  pictures: VerificationContext["pictures"],
): object[] {
  const rows = [
    ...values.filter(({ stage }) => stage === name).map(valueRow),
    ...outputs.filter(({ stage }) => stage === name).map(outputRow),
  ];
  if (rows.length === 0) return [];
  const order = ["bad", "unknown", "close", "good"];
  rows.sort((one, other) => order.indexOf(one.tone) - order.indexOf(other.tone));
  const tone = worst(rows.map((row) => row.tone));
  const apart = rows.filter((row) => row.tone === "bad").length;
  const equal = rows.filter((row) => row.tone === "good" || row.tone === "close").length;
  return [
    {
      name,
      title: plan.stages.find((stage) => stage.name === name)?.title ?? "",
      tone,
      summary: apart > 0 ? `${apart} of ${rows.length} differ` : `${equal} of ${rows.length} equal`,
      isOpen: tone === "bad",
      rows,
      pictures: outputs
        .filter(({ stage }) => stage === name)
        .flatMap(({ picture = -1, cell, path, kind }) => {
          const pair = pictures?.get(picture);
          return pair
            ? [{ title: `${path ?? kinds[kind]} of cell ${cell}`, ...pair, isPair: pair.notebook && pair.project }]
            : [];
        }),
    },
  ];
}

function valueRow(value: ValueVerdict): Row {
  const { maxAbs, maxRel } = value;
  return {
    name: value.name,
    isText: false,
    type: value.type,
    cell: value.cell,
    verdict: value.verdict,
    tone: toneOf(value),
    detail: value.detail || (value.crosses ? "crosses to a later stage" : ""),
    ...(maxAbs !== undefined && {
      distance: `largest gap ${maxAbs.toPrecision(3)}${maxRel === undefined ? "" : `, relative ${maxRel.toPrecision(3)}`}`,
    }),
  };
}

const kinds = {
  stream: "printed text",
  display: "display",
  figure: "figure",
  error: "error",
  file: "file",
  metric: "metric",
} as const;

function outputType({ kind, path }: OutputVerdict): string {
  if (kind === "metric") return "metric";
  if (path === undefined) return "output";
  return path.endsWith("/") ? "folder" : "file";
}

function outputRow(output: OutputVerdict): Row {
  return {
    name: output.path ?? kinds[output.kind],
    isText: output.path === undefined,
    type: outputType(output),
    cell: output.cell,
    verdict: output.verdict,
    tone: toneOf(output),
    detail: output.detail,
  };
}
