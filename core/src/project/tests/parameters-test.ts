import { isWithin } from "../../plan/parameters/parameter-domains.ts";
import type { Parameter } from "../../plan/plan.ts";
import type { ProjectContext } from "../context.ts";
import { parametersOf } from "../modules/parameters-view.ts";

/**
 * What the template of tests/test_params.py is filled in with: a number shows that the precedence holds, and that a wrong
 * type and what lies out of bounds is refused.
 */
export function parametersTest({ plan }: ProjectContext): object {
  const prefix = plan.package.toUpperCase();
  const numbers = parametersOf(plan).filter(({ type, name }) => /^(int|float|number)$/.test(type) && !isReserved(name));
  const parameter = numbers.find((each) => samplesOf(each).length === 2);
  const bounded = numbers.find((each) => outsideOf(each) !== undefined);
  const [first, second] = parameter === undefined ? [] : samplesOf(parameter);
  return {
    package: plan.package,
    ...(parameter === undefined ? {} : { typed: { name: parameter.name, option: optionOf(parameter) } }),
    ...(bounded === undefined
      ? {}
      : { bounded: { name: bounded.name, option: optionOf(bounded), value: outsideOf(bounded) } }),
    ...(parameter === undefined || first === undefined || second === undefined
      ? {}
      : {
          sample: {
            name: parameter.name,
            option: optionOf(parameter),
            variable: `${prefix}_${parameter.name.toUpperCase()}`,
            first: JSON.stringify(first),
            firstValue: first,
            second: JSON.stringify(second),
            secondValue: second,
          },
        }),
  };
}

/** Names that an option of the project itself has. */
function isReserved(name: string): boolean {
  return /^(work|params|data_dir|help)$/i.test(name);
}

function optionOf({ name }: Parameter): string {
  return `--${name.replaceAll("_", "-")}`;
}

/** Two values, as text, that it may have. */
function samplesOf({ type, bounds = {} }: Parameter): readonly string[] {
  const candidates = type === "float" ? ["3.5", "5.5", "0.25", "0.5"] : ["3", "5", "0", "1", "20000", "30000"];
  return candidates.filter((text) => isWithin(Number(text), bounds)).slice(0, 2);
}

/** A value, as text, that its bounds shut out. */
function outsideOf({ bounds }: Parameter): string | undefined {
  if (bounds === undefined) return undefined;
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = bounds;
  const low = minimum === undefined ? exclusiveMinimum : minimum - 1;
  const high = maximum === undefined ? exclusiveMaximum : maximum + 1;
  return low === undefined ? `${high}` : `${low}`;
}
