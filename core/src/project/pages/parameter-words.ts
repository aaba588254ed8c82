import type { Parameter } from "../../plan/plan.ts";

/** A default as a person reads it: `4.0` where it is a float, `$NAME` for a secret. */
export function defaultText({ name, type, default: value, origin }: Parameter): string {
  if (origin === "secret") return `$${name}`;
  return type === "float" && Number.isSafeInteger(value) ? `${value}.0` : JSON.stringify(value);
}

/** What a parameter may be beyond its type, as a person reads it: `> 0 and < 1`, `one of linear, rbf, or none`. */
export function allowedText({ bounds, choices, optional }: Pick<Parameter, "bounds" | "choices" | "optional">): string {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = bounds ?? {};
  const limits = [
    [">=", minimum],
    [">", exclusiveMinimum],
    ["<=", maximum],
    ["<", exclusiveMaximum],
  ].filter(([, limit]) => limit !== undefined);
  const between = limits.map(([sign, limit]) => `${sign} ${limit}`).join(" and ");
  const number = choices === undefined || bounds === undefined ? between : `or a number ${between}`.trim();
  const texts = [
    choices === undefined ? "" : `one of ${choices.join(", ")}`,
    number,
    optional === true ? "or none" : "",
  ];
  return texts.filter((text) => text !== "").join(" ");
}
