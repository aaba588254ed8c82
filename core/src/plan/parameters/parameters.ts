import type { CallSite, StatementId } from "../../dataflow/model.ts";
import { inclusionsOf } from "../../inclusion/inclusion.ts";
import { append } from "../../text/append.ts";
import type { Span } from "../../text/position.ts";
import { at, type Bench, kept } from "../bench.ts";
import { globalUses } from "../definitions/name-uses.ts";
import type { Facts } from "../facts.ts";
import type { CodeUse, Parameter } from "../plan.ts";
import { assignedName } from "../statement-kinds.ts";
import type { Constant } from "./constants.ts";
import { literalOf } from "./literal.ts";
import { opensForReading } from "./meanings.ts";
import { helpOf } from "./parameter-help.ts";
import { isInParametersCell } from "./parameters-cells.ts";
import { isSecret } from "./secrets.ts";

const seedName = /seed|random_?state/i;
const pathText =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|[a-z]:[\\/]|\.{0,2}[\\/]|~)|[\\/]|\.(?:csv|tsv|txt|json|jsonl|parquet|xlsx?|feather|npy|npz|h5|hdf5|pkl|pickle|joblib|pt|pth|db|sqlite|zip|gz|tar|png|jpe?g)$/i;

/** Names that people give to folders and files. */
const pathNames = /(?:^|_)(?:dir|folder|path|file|root|filename)$/i;

/** The constants that a run may well be given: those of a `parameters` cell, numbers, switches, paths, what models are made with. */
export function parameterConstants(constants: readonly Constant[]): ReadonlySet<string> {
  return new Set(constants.filter(isParameter).map(({ name }) => name));
}

function isParameter({ name, literal, value, readers, isTagged }: Constant): boolean {
  if (isTagged || isSecret(name, value)) return true;
  if (readers.length === 0 || name.startsWith("_")) return false;
  // `Path("data")`
  if (value.type === "Call") return true;
  if (literal.type === "int" || literal.type === "float" || literal.type === "bool") return true;
  if (literal.type === "str" && (pathText.test(String(literal.value)) || pathNames.test(name))) return true;
  return literal.type !== "none" && readers.some(({ statement }) => statement.calls.some((call) => tunes(call, name)));
}

/** True where a call takes the name as one of its hyperparameters or as a file. */
function tunes(call: CallSite, name: string): boolean {
  const { effect, argumentNames } = call;
  if (opensForReading(call) && argumentNames.get(0)?.join() === name) return true;
  const keys = [...(effect?.parameters ?? []), ...(effect?.files ?? []).map(({ argument }) => argument)];
  const positions = keys.map((key) => (typeof key === "string" ? (effect?.signature?.indexOf(key) ?? -1) : key));
  return [...keys, ...positions].some((key) => {
    const names = argumentNames.get(key);
    return names?.length === 1 && names[0] === name;
  });
}

/** The parameters that take the place of constants: their assignments go, the names become `params.<name>`. */
export function constantParameters(
  bench: Bench,
  constants: readonly Constant[],
  chosen: ReadonlySet<string>,
): readonly Parameter[] {
  const taken = constants.filter(({ name, facts }) => chosen.has(name) && !bench.homes.has(facts.id));
  for (const { facts } of taken) bench.homes.set(facts.id, "parameter");
  const names = new Set(taken.map(({ name }) => name));
  const uses = new Map<string, CodeUse[]>();
  for (const facts of kept(bench)) {
    const home = bench.homes.get(facts.id);
    if (home === "parameter" || home === "definition" || home === "import" || home === "constant") continue;
    for (const use of globalUses(facts.statement.node, names)) {
      const made = codeUse(bench, facts, use);
      append(uses, use.id, made);
    }
  }
  return taken.map(({ name, facts, literal, isTagged, value }) => ({
    name,
    type: literal.type,
    default: isSecret(name, value) ? "" : literal.value,
    help: helpOf(bench, facts, name),
    origin: isSecret(name, value) ? "secret" : isTagged ? "tag" : originOf(name, literal.type),
    cell: facts.statement.cell,
    replaces: facts.id,
    uses: uses.get(name) ?? [],
  }));
}

function originOf(name: string, type: Parameter["type"]): Parameter["origin"] {
  if (type === "int" && seedName.test(name)) return "seed";
  return type === "str" ? "path" : "constant";
}

/**
 * Assignments in a `parameters` cell whose name is bound again or changed later: only the value becomes a parameter,
 * the name stays a variable.
 */
export function initialParameters(bench: Bench, taken: Set<string>): readonly Parameter[] {
  return at(bench, "work").flatMap((facts) => {
    const assigned = assignedName(facts.statement.node);
    const literal = assigned && literalOf(assigned.value);
    const isTagged = isInParametersCell(bench, facts);
    if (!isTagged || assigned === undefined || literal === undefined || taken.has(assigned.target.id)) return [];
    taken.add(assigned.target.id);
    return [
      {
        name: assigned.target.id,
        type: literal.type,
        default: literal.value,
        help: helpOf(bench, facts, assigned.target.id),
        origin: "tag" as const,
        cell: facts.statement.cell,
        uses: [codeUse(bench, facts, assigned.value)],
      },
    ];
  });
}

/** A piece of a statement, as plans name it. */
export function codeUse(bench: Bench, { id, statement }: Facts, node: Span): CodeUse {
  const translation = bench.cells.get(statement.cell)?.translation;
  const statementId: StatementId = id;
  if (translation === undefined || inclusionsOf(translation).length > 0)
    return { statement: statementId, start: node.start, end: node.end };
  return {
    statement: statementId,
    start: translation.toSource(node.start),
    end: translation.toSource(node.end - 1) + 1,
  };
}
