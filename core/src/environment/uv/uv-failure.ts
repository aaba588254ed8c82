import { withoutCredentials } from "../../host/secrets.ts";
import { type Problem, ProblemError } from "../../problem/problem.ts";
import { releasedAfter } from "../python/release-days.ts";

/** The end of a program's output as a cause: at most `count` lines, addresses without credentials. */
export function lastLines(output: string, count = 8): string {
  const lines = withoutCredentials(output).trim().split(/\r?\n/);
  return lines.slice(-count).join("\n").slice(-2000);
}

/** What was being done, for the message: `lock pandas, numpy` or `install 12 packages`. */
export interface UvTask {
  readonly what: string;
  readonly python?: string;
  readonly asOf?: string;
}

interface FailurePattern {
  readonly pattern: RegExp;
  /** It is about versions that are not there, or not built: what a date before its Python's own comes to. */
  readonly isOfVersions?: true;
  readonly problem: (match: RegExpExecArray, task: UvTask) => Pick<Problem, "id" | "message" | "mend">;
}

const untrusted = /(invalid peer certificate|UnknownIssuer|certificate verify failed|self.signed certificate)/i;

/** Whether uv gave up because it does not know who signed a certificate. */
export function isUntrusted(output: string): boolean {
  return untrusted.test(output.replaceAll(/\s+/g, " "));
}

/** How uv says what went wrong, and what that is to a user. The first that matches counts. */
const patterns: readonly FailurePattern[] = [
  {
    pattern: /No space left on device|os error 28|os error 112/,
    problem: (_match, task) => ({
      id: "RP306",
      message: `The disk is full: Reprise could not ${task.what}.`,
      mend: "Free space, or move the caches: REPRISE_CACHE for environments, UV_CACHE_DIR for packages.",
    }),
  },
  {
    pattern: /No interpreter found|Failed to inspect Python interpreter from first|python-build-standalone/i,
    problem: (_match, task) => ({
      id: "RP302",
      message: `There is no Python ${task.python ?? ""} here, and uv could not download one.`.replace("  ", " "),
      mend: "Install that Python, or take one that is here with --python.",
    }),
  },
  {
    pattern: /`?([\w.-]+)`? was filtered by `exclude-newer`/,
    isOfVersions: true,
    problem: (match, task) => ({
      id: "RP303",
      message: `Nothing of ${match[1]} that fits was published by ${task.asOf ?? "the given date"}.`,
      mend: `Take a later date (--as-of), a version of ${match[1]} that is older, or no date.`,
    }),
  },
  {
    pattern: /lack of valid authentication credentials|401 Unauthorized|403 Forbidden/,
    problem: (_match, task) => ({
      id: "RP305",
      message: `The package index refused access: Reprise could not ${task.what}.`,
      mend: "Give it credentials: in pip's configuration (index-url), in ~/.netrc, or in UV_INDEX_<NAME>_USERNAME and _PASSWORD.",
    }),
  },
  {
    pattern: untrusted,
    problem: () => ({
      id: "RP305",
      message: "The package index's certificate is not trusted here.",
      mend: "Name your authority's certificates, a file in PEM format: pip config set global.cert FILE, or SSL_CERT_FILE=FILE.",
    }),
  },
  {
    pattern:
      /(?:Request failed after|Failed to fetch|error sending request|dns error|tcp connect error|timed out|offline)/i,
    problem: (_match, task) => ({
      id: "RP305",
      message: `The package index does not answer: Reprise could not ${task.what}.`,
      mend: "Check the network, HTTPS_PROXY, and the index address (pip config get global.index-url).",
    }),
  },
  {
    pattern: /Because ([\w.-]+) was not found in the (?:package registry|provided package locations)/,
    problem: (match) => ({
      id: "RP304",
      message: `No package index here has a distribution called ${match[1]}.`,
      mend: `If it is spelled otherwise on the index, say so in the notebook (%pip install NAME) or in a requirements.txt beside it; if it is a module of yours, put it beside the notebook.`,
    }),
  },
  {
    pattern: /there (?:is no version of|are no versions of) ([\w.-]+)(\S*)/,
    isOfVersions: true,
    problem: (match) => ({
      id: "RP303",
      message: `There is no version ${match[1]}${match[2] ?? ""} that could be installed.`,
      mend: `Change the version of ${match[1]} that the notebook or the file beside it asks for, or the Python version (--python).`,
    }),
  },
  {
    pattern: /Failed to build `?([\w.-]+?)(?:==([^`\s]+))?`?(?:\s|$)/,
    isOfVersions: true,
    problem: (match) => ({
      id: "RP306",
      message: `${match[1]}${match[2] === undefined ? "" : ` ${match[2]}`} has no ready-made wheel here, and building it from source failed.`,
      mend: `Take a version of ${match[1]} with a wheel for this Python, another Python (--python), or install what its build needs.`,
    }),
  },
  {
    pattern: /No solution found|requirements are unsatisfiable/,
    isOfVersions: true,
    problem: (_match, task) => ({
      id: "RP303",
      message: `The versions that are asked for cannot be installed together: Reprise could not ${task.what}.`,
      mend: "Loosen one of the versions that the cause names (in a %pip line, or in the file beside the notebook).",
    }),
  },
];

/** For a day on which there was nothing yet for this Python: whatever package uv stumbled over first, that is why. */
function tooEarly({ python, asOf }: UvTask): Pick<Problem, "id" | "message" | "mend"> | undefined {
  const released = python === undefined || asOf === undefined ? undefined : releasedAfter(python, asOf);
  if (released === undefined) return undefined;
  return {
    id: "RP303",
    message: `As of ${asOf} no package was built for Python ${python}, which came out on ${released}.`,
    mend: "Take that day or a later one (--as-of), or an older Python (--python).",
  };
}

/** What uv's output says, as a problem that a user can mend. */
export function uvProblem(output: string, task: UvTask): ProblemError {
  const cause = lastLines(output);
  // uv wraps its sentences at the terminal's width; the patterns read them as one line.
  const text = output.replaceAll(/\s+/g, " ");
  for (const { pattern, isOfVersions, problem } of patterns) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const early = isOfVersions ? tooEarly(task) : undefined;
    return new ProblemError({ ...(early ?? problem(match, task)), cause });
  }
  return new ProblemError({
    id: "RP306",
    message: `uv could not ${task.what}.`,
    mend: "See the cause; `reprise doctor` checks what is needed here.",
    cause,
  });
}
