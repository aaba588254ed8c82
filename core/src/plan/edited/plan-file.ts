import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { StatementId } from "../../dataflow/model.ts";
import { examineJson } from "../../notebook/json-error.ts";
import { ProblemError, type ProblemPlace } from "../../problem/problem.ts";
import { LineIndex } from "../../text/position.ts";
import schema from "../plan.schema.json" with { type: "json" };
import type { PipelinePlan } from "../plan.ts";
import type { PlaceOfPlan } from "./check-plan.ts";

/** A plan that was read from a file, and where its parts stand there. */
export interface PlanFile {
  readonly plan: PipelinePlan;
  readonly placeOf: PlaceOfPlan;
  /** What each statement was when the plan was made (`statementPrints`); absent where the file does not say. */
  readonly prints?: Readonly<Record<StatementId, string>>;
}

/** Beyond this depth no plan nests; a parser that descends would go too deep. */
const mostDepth = 64;

/**
 * Reads a plan: a file that holds one, or the reprise.json of a project. `file` is for messages. Throws ProblemError
 * RP120 with line and column for what is no JSON or no plan.
 */
export async function readPlanFile(text: string, file: string): Promise<PlanFile> {
  const index = new LineIndex(text);
  const { error } = isDeep(text) ? { error: { offset: 0, message: "it nests too deep" } } : examineJson(text);
  const tree = error === undefined ? parseTree(text) : undefined;
  if (error !== undefined || tree === undefined) {
    throw noPlan("The plan is not JSON", { file, ...index.position(error?.offset ?? 0) }, error?.message);
  }
  const value = JSON.parse(text.replace(/^\uFEFF/, ""));
  const isProject = value !== null && typeof value === "object" && "plan" in value;
  const prefix = isProject ? ["plan"] : [];
  const placeOf = (path: readonly (string | number)[]): ProblemPlace => {
    const node = nodeAt(tree, [...prefix, ...path]);
    return { file, ...index.position(node.offset) };
  };
  await check(isProject ? value.plan : value, placeOf);
  const { statements: prints, ...rest } = value;
  const plan: PipelinePlan = isProject ? rest.plan : rest;
  const hasPrints = prints !== null && typeof prints === "object";
  return { plan, placeOf, ...(hasPrints ? { prints } : {}) };
}

/** The part at a path, or the nearest one around it that is there. */
function nodeAt(tree: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return tree;
}

async function check(plan: unknown, placeOf: PlaceOfPlan): Promise<void> {
  // The compiler of schemas takes longer to load than most notebooks to analyse.
  const { Ajv } = await import("ajv");
  const validate = new Ajv({ unicodeRegExp: true }).compile(schema);
  if (validate(plan)) return;
  const [fault] = validate.errors ?? [];
  if (fault === undefined) return;
  const path = fault.instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const allowed = (fault.params as { allowedValues?: readonly unknown[] }).allowedValues;
  const says = allowed === undefined ? (fault.message ?? "is wrong") : `must be one of ${allowed.join(", ")}`;
  throw noPlan(`In the plan, ${nameOf(path)} ${says.replaceAll("'", "`")}`, placeOf(path));
}

/** `stages[1].inputs[0]` */
function nameOf(path: readonly (string | number)[]): string {
  const name = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return name === "" ? "the object" : name.replace(/^\./, "");
}

function noPlan(message: string, place: ProblemPlace, cause?: string): ProblemError {
  return new ProblemError({
    id: "RP120",
    message,
    place,
    mend: "Mend it there. A plan to start from is in the reprise.json of a project, or comes with convert --plan-out FILE --dry-run.",
    ...(cause === undefined ? {} : { cause }),
  });
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") depth++;
    else if (token === "]" || token === "}") depth--;
    if (depth > mostDepth) return true;
  }
  return false;
}
