import { sha256 } from "#sha256";
import type { Templates } from "../project.ts";
import { render } from "../render.ts";

/** The project's file that says what its last proof found. */
export const proofFile = "proof.json";

/** The picture of it that the README shows. */
export const badgeFile = "proof.svg";

/** What a proof found, of which code and with which versions; `proof.json` in the project. */
export interface ProofRecord {
  readonly schema: "reprise.proof/1";
  readonly outcome: "identical" | "equivalent" | "different" | "not-comparable" | "failed";
  /** When the proof ended, as an ISO date in UTC. */
  readonly date: string;
  readonly tolerance: { readonly rtol: number; readonly atol: number };
  /** How many values and outputs were compared, by verdict. */
  readonly counts: Readonly<Record<string, number>>;
  /** What two runs of the notebook itself do not agree on. */
  readonly nondeterministic: readonly { readonly name: string; readonly cell: number }[];
  /** `python` and the project's packages, as they were installed. */
  readonly versions: Readonly<Record<string, string>>;
  readonly notebook: { readonly sha256: string };
  /** Of the project's code and parameters: another one, and the proof is of another version. */
  readonly code: string;
}

/** True for the files that a proof is about: what runs, and its parameters. */
export function isProven(path: string): boolean {
  return path === "params.yaml" || path === "pylock.toml" || /^src\/.*\.py$/.test(path);
}

/** The content hash of the files that a proof is about; other files among those given do not matter. */
export function codeHash(files: Iterable<readonly [path: string, text: string]>): string {
  const own = [...files].filter(([path]) => isProven(path)).sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = own.map(([path, text]) => `${path}\0${text.replaceAll("\r\n", "\n")}\0`);
  return `sha256:${sha256(parts.join(""))}`;
}

const colors = { good: "#2e7d32", bad: "#c62828", open: "#6b7280" };

/** How wide a text is in 11 px Verdana, on average. */
const letterWidth = 6.6;
const padding = 12;

/** The badge of a proof, as an SVG picture; without a proof it says that there was none yet. */
export function proofBadge(proof: ProofRecord | undefined, templates: Templates): string {
  const said = proof === undefined ? "not proven yet" : saidOf(proof);
  const isGood = proof?.outcome === "identical" || proof?.outcome === "equivalent";
  const color = proof === undefined ? colors.open : isGood ? colors.good : colors.bad;
  const label = "notebook = pipeline";
  const [left, right] = [label, said].map((text) => Math.ceil(text.length * letterWidth) + padding) as [number, number];
  return render(templates, "project/proof.svg.hbs", {
    label,
    said,
    color,
    left,
    right,
    width: left + right,
    labelAt: left / 2,
    saidAt: left + right / 2,
    detail: proof === undefined ? "reprise verify NOTEBOOK DIR proves it" : detailOf(proof),
  });
}

function saidOf({ outcome, date, tolerance: { rtol, atol } }: ProofRecord): string {
  const within = outcome === "equivalent" ? ` within rtol ${rtol}${atol > 0 ? `, atol ${atol}` : ""}` : "";
  return `${outcome.replaceAll("-", " ")}${within}, ${date.slice(0, 10)}`;
}

function detailOf({ tolerance: { rtol, atol }, versions, code, counts }: ProofRecord): string {
  const compared = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  const installed = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `values and outputs: ${compared.join(", ") || "none"}`,
    `rtol ${rtol}, atol ${atol}`,
    installed.join(", "),
    `code ${code.replace(/^sha256:/, "").slice(0, 12)}`,
  ]
    .filter((text) => text !== "")
    .join("; ")
    .replace(/[<>&"]/g, "");
}
