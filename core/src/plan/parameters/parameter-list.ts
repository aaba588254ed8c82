import type { Bench } from "../bench.ts";
import type { Parameter } from "../plan.ts";
import { entryParameters } from "./entry-parameters.ts";
import { literalParameters, type MeantParameter } from "./literal-parameters.ts";
import { type Meaning, meaningsOf, meaningText } from "./meanings.ts";
import { allowedBy } from "./parameter-domains.ts";
import { codeUse } from "./parameters.ts";
import { literalSecrets } from "./secrets.ts";

/**
 * Every parameter of the pipeline, with what it may be: those that the notebook has names for, and those made of literals
 * where calls are made. `taken` has the names of the first; names of the others are added to it.
 */
export function planParameters(bench: Bench, named: readonly Parameter[], taken: Set<string>): readonly Parameter[] {
  const secrets = literalSecrets(bench, taken);
  const entries = entryParameters(bench, taken);
  const held = new Set(
    [...secrets, ...entries].flatMap(({ uses }) => uses.map(({ statement, start }) => `${statement} ${start}`)),
  );
  const meant = named.map((parameter) => ({ parameter, meanings: meaningsOfUses(bench, parameter) }));
  const others = literalParameters(bench, meant, taken)
    .filter(({ parameter: { uses } }) => !uses.some(({ statement, start }) => held.has(`${statement} ${start}`)))
    .map((each) => withHelp(withDomain(bench, each), each.meanings));
  return [...others, ...entries, ...secrets];
}

/** What the uses mean that are arguments as they stand. */
function meaningsOfUses(bench: Bench, { uses }: Parameter): readonly Meaning[] {
  return [...Map.groupBy(uses, ({ statement }) => statement)].flatMap(([id, inStatement]) => {
    const facts = bench.factsById.get(id);
    if (facts === undefined) return [];
    const starts = new Set(inStatement.map(({ start, end }) => `${start} ${end}`));
    return [...meaningsOf(facts.statement)].flatMap(([node, meaning]) => {
      const { start, end } = codeUse(bench, facts, node);
      return starts.has(`${start} ${end}`) ? [meaning] : [];
    });
  });
}

function withDomain(bench: Bench, { parameter, meanings }: MeantParameter): Parameter {
  if (parameter.origin === "secret") return parameter;
  const isWhole = meanings.length === parameter.uses.length && !isLifted(bench, parameter);
  return { ...parameter, ...allowedBy(parameter, meanings, isWhole, bench.analysis.versions) };
}

/** What its author says nothing of is told by what it is given for: `n_estimators of RandomForestClassifier`. */
function withHelp(parameter: Parameter, meanings: readonly Meaning[]): Parameter {
  if (parameter.help !== "" || parameter.origin === "secret") return parameter;
  const known = meanings.filter(({ call, argument }) => call.effect !== undefined && argument !== "");
  return { ...parameter, help: [...new Set(known.map(meaningText))].slice(0, 3).join(", ") };
}

/** Whether functions read the name that the parameter takes the place of: what they do with it is theirs. */
function isLifted(bench: Bench, { replaces }: Parameter): boolean {
  const bound = replaces === undefined ? undefined : bench.factsById.get(replaces)?.binds.keys();
  const names = new Set(bound);
  return bench.dataflow.definitions.some(({ freeReads }) => freeReads.some((name) => names.has(name)));
}
