import { compareVersions, minorVersion } from "./version.ts";

/** Values of the variables of environment markers, by name: `sys_platform`, `python_full_version` ... */
export type MarkerValues = Readonly<Record<string, string>>;

/** What the markers' variables are for a Python (`3.11` or `3.11.7`) on a platform of Node's naming; here by default. */
export function markerValues(
  python: string,
  platform: NodeJS.Platform = process.platform,
  machine: string = process.arch,
): MarkerValues {
  const minor = minorVersion(python) ?? python;
  const system = { linux: "Linux", darwin: "Darwin", win32: "Windows" }[platform as string] ?? "";
  const machines: Record<string, string> = { x64: system === "Windows" ? "AMD64" : "x86_64", ia32: "i686" };
  const arm = system === "Linux" ? "aarch64" : system === "Windows" ? "ARM64" : "arm64";
  return {
    python_version: minor,
    // A bare minor version stands for its newest patch.
    python_full_version: /^\d+\.\d+$/.test(python) ? `${python}.99` : python,
    os_name: platform === "win32" ? "nt" : "posix",
    sys_platform: platform,
    platform_system: system,
    platform_machine: machine === "arm64" ? arm : (machines[machine] ?? machine),
    platform_python_implementation: "CPython",
    implementation_name: "cpython",
    implementation_version: python,
    extra: "",
  };
}

/**
 * Whether an environment marker holds
 * (https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers).
 * What cannot be read holds: too much is installed rather than too little.
 */
export function markerHolds(marker: string, values: MarkerValues): boolean {
  const tokens = marker.match(/'[^']*'|"[^"]*"|[()]|not\s+in\b|[<>=!~]=?=?|\w+/g) ?? [];
  // One frame for each open parenthesis: an `or` of `and`s, so that depth costs no stack.
  interface Frame {
    any: boolean;
    all: boolean;
  }
  const frames: Frame[] = [{ any: false, all: true }];
  const feed = (value: boolean) => {
    const frame = frames.at(-1) as Frame;
    frame.all &&= value;
  };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as string;
    if (token === "(") frames.push({ any: false, all: true });
    else if (token === ")") {
      const frame = frames.pop();
      if (frame === undefined || frames.length === 0) return true;
      feed(frame.any || frame.all);
    } else if (token === "or") {
      const frame = frames.at(-1) as Frame;
      frame.any ||= frame.all;
      frame.all = true;
    } else if (token !== "and") {
      const [operator, right] = [tokens[at + 1], tokens[at + 2]];
      if (operator === undefined || right === undefined) return true;
      feed(compare(token, operator, right, values));
      at += 2;
    }
  }
  const [last] = frames;
  return frames.length !== 1 || last === undefined || last.any || last.all;
}

function compare(left: string, operator: string, right: string, values: MarkerValues): boolean {
  const a = valueIn(left, values);
  const b = valueIn(right, values);
  if (a === undefined || b === undefined) return true;
  if (operator === "in") return b.includes(a);
  if (operator.startsWith("not")) return !b.includes(a);
  const isVersion = [left, right].some((name) => /^(python_(full_)?version|implementation_version)$/.test(name));
  return isVersion ? compareAsVersions(a, operator, b) : compareAsText(a, operator, b);
}

function valueIn(token: string, values: MarkerValues): string | undefined {
  return /^['"]/.test(token) ? token.slice(1, -1) : values[token];
}

function compareAsText(a: string, operator: string, b: string): boolean {
  if (operator === "==" || operator === "===") return a === b;
  if (operator === "!=") return a !== b;
  if (operator === "<") return a < b;
  if (operator === "<=") return a <= b;
  if (operator === ">") return a > b;
  return a >= b;
}

function compareAsVersions(a: string, operator: string, b: string): boolean {
  if (b.endsWith(".*")) {
    const begins = `${a}.`.startsWith(b.slice(0, -1));
    return operator === "!=" ? !begins : begins;
  }
  const order = compareVersions(a, b);
  switch (operator) {
    case "==":
    case "===":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "~=":
      return order >= 0 && `${a}.`.startsWith(`${b.split(".").slice(0, -1).join(".")}.`);
    default:
      return order >= 0;
  }
}
