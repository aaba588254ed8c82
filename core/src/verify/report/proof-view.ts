import { isDifference } from "../comparison/differences.ts";
import type { OutputVerdict, ValueVerdict, VerdictKind, Verification } from "../verdict.ts";

export type Tone = "good" | "close" | "bad" | "unknown";

/** The verdict of a proof as a page shows it at its top. */
export interface ProofView {
  readonly tone: Tone;
  readonly mark: string;
  readonly headline: string;
  readonly sentence: string;
  readonly tiles: readonly { readonly label: string; readonly value: string }[];
  readonly origin?: Verification["origin"];
  readonly reason?: string;
  /** The traceback that came with the reason. */
  readonly trace?: string;
}

const words: Readonly<Record<Verification["outcome"], Omit<ProofView, "tiles">>> = {
  identical: {
    tone: "good",
    mark: "✓",
    headline: "The project computes what the notebook computes",
    sentence: "Every value that was compared is identical.",
  },
  equivalent: {
    tone: "close",
    mark: "≈",
    headline: "The project computes what the notebook computes",
    sentence: "Every value that was compared is identical, or equal within the tolerance.",
  },
  different: {
    tone: "bad",
    mark: "≠",
    headline: "The project computes something else",
    sentence: "At least one value differs from the notebook's.",
  },
  "not-comparable": {
    tone: "unknown",
    mark: "?",
    headline: "The notebook does not run",
    sentence: "There is nothing to hold the project against; what ran is compared with the saved outputs.",
  },
  failed: {
    tone: "bad",
    mark: "!",
    headline: "The project does not run to its end",
    sentence: "What came before is compared below.",
  },
};

/** Nothing could be run: neither is to blame. */
const nothingRan: Omit<ProofView, "tiles"> = {
  tone: "unknown",
  mark: "?",
  headline: "Nothing could be run here",
  sentence: "What the notebook's file holds is listed; none of it could be compared.",
};

/** What the top of a page says of a proof. */
export function proofView(verification: Verification): ProofView {
  const { outcome, values, outputs, nondeterministic, origin, reason } = verification;
  const [first, ...rest] = (reason ?? "").split("\n");
  const crossing = values.filter(({ crosses }) => crosses);
  const tiles = [
    ...ratio("values between stages equal", crossing),
    ...ratio(
      "other variables equal",
      values.filter(({ crosses }) => !crosses),
    ),
    ...ratio("texts, displays, figures, files equal", outputs),
    {
      label: `${nondeterministic.length === 1 ? "place" : "places"} not reproducible`,
      value: String(nondeterministic.length),
    },
  ];
  return {
    ...(verification.runs.notebook.length === 0 ? nothingRan : words[outcome]),
    tiles,
    ...(origin && { origin }),
    ...(first && { reason: first }),
    ...(rest.length > 0 && { trace: rest.join("\n") }),
  };
}

/** `11 of 12`; nothing where there are none. */
function ratio(label: string, verdicts: readonly { readonly verdict: VerdictKind }[]): ProofView["tiles"] {
  const equal = verdicts.filter(({ verdict }) => verdict === "identical" || verdict === "equivalent").length;
  return verdicts.length === 0 ? [] : [{ label, value: `${equal} of ${verdicts.length}` }];
}

/** The tone that a verdict is shown in. */
export function toneOf(verdict: ValueVerdict | OutputVerdict): Tone {
  if (isDifference(verdict)) return "bad";
  if (verdict.verdict === "identical") return "good";
  return verdict.verdict === "equivalent" ? "close" : "unknown";
}

/** How each stage of the graph is coloured; one of which nothing was compared looks like nothing that is known. */
export function stageTones(verification: Verification, stages: readonly string[]): Map<string, Tone> {
  const all = [...verification.values, ...verification.outputs];
  return new Map(stages.map((name) => [name, worst(all.filter(({ stage }) => stage === name).map(toneOf))]));
}

/** The tone of several together: that of the worst. */
export function worst(tones: readonly Tone[]): Tone {
  for (const tone of ["bad", "close", "good"] as const) if (tones.includes(tone)) return tone;
  return "unknown";
}
