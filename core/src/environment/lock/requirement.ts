import { compareVersions } from "./version.ts";

/** A requirement (PEP 508), taken apart. */
export interface Requirement {
  /** Normalised: lower case, runs of `-`, `_` and `.` as one `-`. */
  readonly name: string;
  readonly extras: readonly string[];
  /** `>=1.2,<2`; empty for any version. */
  readonly specifier: string;
  /** A direct address (`name @ https://...`). */
  readonly url?: string;
  readonly marker?: string;
  readonly text: string;
}

/** A distribution's name as indexes compare it (https://packaging.python.org/en/latest/specifications/name-normalization/). */
export function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}

/** Takes a requirement apart. Undefined for what is none: an option, a path, a comment. */
export function parseRequirement(text: string): Requirement | undefined {
  const [before = "", ...rest] = text.split(/;(?=\s)|;(?=[^;]*$)/);
  const head = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*/.exec(before);
  if (head === null) return undefined;
  const tail = before.slice(head[0].length).trim();
  const marker = rest.join(";").trim();
  const base = {
    name: normalizeName(head[1] as string),
    extras:
      head[2]
        ?.split(",")
        .map((extra) => extra.trim())
        .filter((extra) => extra !== "") ?? [],
    ...(marker === "" ? {} : { marker }),
    text: text.trim(),
  };
  if (tail.startsWith("@")) return { ...base, specifier: "", url: tail.slice(1).trim() };
  const specifier = tail.replace(/^\((.*)\)$/, "$1").replaceAll(/\s+/g, "");
  if (specifier !== "" && !/^(?:(?:===|==|~=|!=|<=|>=|<|>)[\w.*+!-]+,?)+$/.test(specifier)) return undefined;
  return { ...base, specifier };
}

/** Whether a version fits a specifier, by release numbers; local parts (`+cpu`) do not count against it. */
export function satisfies(version: string, specifier: string): boolean {
  return specifier.split(",").every((part) => {
    const match = /^(===|==|~=|!=|<=|>=|<|>)(.+)$/.exec(part.trim());
    if (match === null) return true;
    const [, operator, bound = ""] = match;
    if (bound.endsWith(".*")) {
      const begins = `${version.replace(/\+.*/, "")}.`.startsWith(bound.slice(0, -1));
      return operator === "!=" ? !begins : begins;
    }
    const order = compareVersions(version, bound);
    if (operator === "==" || operator === "===") return order === 0;
    if (operator === "!=") return order !== 0;
    if (operator === "<") return order < 0;
    if (operator === "<=") return order <= 0;
    if (operator === ">") return order > 0;
    if (operator === "~=") return order >= 0 && `${version}.`.startsWith(`${bound.split(".").slice(0, -1).join(".")}.`);
    return order >= 0;
  });
}
