import type { CallSite, StatementId } from "../../dataflow/model.ts";
import type { Role } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import type { Facts } from "../facts.ts";

/** What the work of a pipeline goes through, in this order. */
export const phases = ["ingest", "features", "train", "evaluate"] as const;
export type Phase = (typeof phases)[number];

/** How much a phase speaks for a statement; nothing for a statement that could be anywhere. */
export type Lean = Readonly<Partial<Record<Phase, number>>>;
/** What a definition of the notebook speaks for; `isSaid`: by no more than its name. */
export interface DefinitionLean {
  readonly lean: Lean;
  readonly isSaid: boolean;
}
/** One that is still being found out. */
export type LeanDraft = Partial<Record<Phase, number>>;

const ofRole: Readonly<Partial<Record<Role, readonly [Phase, number]>>> = {
  load: ["ingest", 3],
  clean: ["features", 1],
  transform: ["features", 1],
  "fit-transform": ["features", 2],
  split: ["features", 2],
  "make-model": ["train", 2],
  fit: ["train", 3],
  search: ["train", 3],
  predict: ["evaluate", 2],
  score: ["evaluate", 3],
};

/** What methods are called that the effect tables do not know, in functions of the notebook among them. */
const ofMethod: Readonly<Record<string, Role>> = {
  fit: "fit",
  fit_transform: "fit-transform",
  partial_fit: "fit",
  backward: "fit",
  predict: "predict",
  predict_proba: "predict",
};

/** And those that are called so where they are given something: `model.train()` and `model.train(True)` only switch. */
const ofMethodGiven: Readonly<Record<string, Role>> = { train: "fit" };

/** What calls do that the effect tables give no role, by their qualified names. */
const ofCallee: readonly (readonly [RegExp, Phase, number])[] = [
  [/\.datasets\.\w+(\.load_data)?$|\.load_dataset$/, "ingest", 3],
  [/^torch\.utils\.data\.\w+$|^torchvision\.transforms\.|^tensorflow\.data\.Dataset\./, "features", 1],
  [/^torch\.(no_grad|inference_mode)$/, "evaluate", 3],
];

/** Estimators that make features: fitting one of them trains no model. */
const preparing =
  /^sklearn\.(preprocessing|impute|feature_extraction|feature_selection|decomposition|compose|random_projection|kernel_approximation|manifold)\./;

/** What makes one estimator of several, which say whether it prepares or is a model. */
const chaining = /^sklearn\.pipeline\./;

/**
 * What a statement does, by the calls that it makes and those in the functions that it calls, and the files that it
 * reads: those that the notebook wrote itself (`own`) are nothing that is fetched.
 */
export function leanOf(
  { statement, id }: Facts,
  definitions: ReadonlyMap<string, DefinitionLean>,
  reads: (id: StatementId) => "own" | "foreign" | undefined,
): Lean {
  const lean: LeanDraft = {};
  const read = reads(id);
  if (read === "foreign") raise(lean, "ingest", 3);
  const said: LeanDraft = {};
  for (const call of statement.calls) {
    const own = call.callee?.startsWith("notebook.")
      ? definitions.get(call.callee.slice("notebook.".length))
      : undefined;
    if (own !== undefined) raiseAll(own.isSaid ? said : lean, own.lean);
    weigh(lean, call, read === "own");
  }
  if (Object.keys(lean).length === 0) return said;
  // A model that prepares its features itself is a model.
  if ((lean.train ?? 0) >= 2 && lean.features !== undefined) lean.features = Math.min(lean.features, 1);
  // Training that reads what it trains on, or is checked as it goes, is training.
  if (isTraining(lean))
    for (const phase of ["ingest", "evaluate"] as const)
      if (lean[phase] !== undefined) lean[phase] = Math.min(lean[phase], 1);
  return lean;
}

/** True for what surely trains a model. */
export function isTraining({ train }: Lean): boolean {
  return (train ?? 0) >= 3;
}

type Weighed = Pick<CallSite, "callee" | "role" | "text" | "node">;

/** What a call speaks for. `isOwn`: what it reads is what the notebook wrote. */
export function weigh(lean: LeanDraft, call: Weighed, isOwn: boolean): void {
  const { callee = "" } = call;
  const role = roleOf(call);
  const known = role === undefined ? ofCallee.find(([pattern]) => pattern.test(callee)) : undefined;
  const [phase, weight] = (known?.slice(1) as [Phase, number] | undefined) ?? (role && ofRole[role]) ?? [];
  if (phase === undefined || weight === undefined || (phase === "ingest" && isOwn)) return;
  if (phase === "train" && preparing.test(callee)) raise(lean, "features", 2);
  else raise(lean, phase, role === "make-model" && chaining.test(callee) ? 1 : weight);
}

/** Adds what another speaks for. Answers whether that was more. */
export function raiseAll(lean: LeanDraft, other: Lean): boolean {
  return phases.filter((phase) => raise(lean, phase, other[phase] ?? 0)).length > 0;
}

function raise(lean: LeanDraft, phase: Phase, weight: number): boolean {
  if (weight <= (lean[phase] ?? 0)) return false;
  lean[phase] = weight;
  return true;
}

function roleOf({ role, text, callee, node }: Weighed): Role | undefined {
  // A clustering that can transform too is fitted for its own sake.
  if (role === "fit-transform" && /\.fit$/.test(text) && !preparing.test(callee ?? "")) return "fit";
  if (role !== undefined) return role;
  const method = text.includes(".") ? text.slice(text.lastIndexOf(".") + 1) : "";
  if (Object.hasOwn(ofMethod, method)) return ofMethod[method];
  return Object.hasOwn(ofMethodGiven, method) && isGiven(node) ? ofMethodGiven[method] : undefined;
}

/** True for a call with arguments that are more than a switch. */
function isGiven({ args, keywords }: ast.Call): boolean {
  return [...args, ...keywords.map(({ value }) => value)].some(
    (each) => each.type !== "Constant" || typeof each.value !== "boolean",
  );
}

/** The phase that most speaks for; the later one of two that speak alike. */
export function strongest(lean: Lean): Phase | undefined {
  let found: Phase | undefined;
  for (const phase of phases)
    if ((lean[phase] ?? 0) > 0 && (lean[phase] ?? 0) >= (found ? (lean[found] ?? 0) : 0)) found = phase;
  return found;
}

/** What several statements speak for together. */
export function sumOf(leans: readonly Lean[]): Lean {
  const sum: LeanDraft = {};
  for (const lean of leans) for (const phase of phases) sum[phase] = (sum[phase] ?? 0) + (lean[phase] ?? 0);
  return sum;
}
