import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProblemError } from "../../problem/problem.ts";
import type { LockOptions, LockRequest } from "../lock/lock-request.ts";
import { type Preference, preferenceReasons, preferencesOf } from "./preferences.ts";
import { runUv, sourcesHere } from "./run-uv.ts";
import { cpuTorch, hasNvidiaGpu, type TorchChoice } from "./torch-build.ts";
import { uvProblem } from "./uv-failure.ts";
import type { PackageSources } from "./uv-settings.ts";

export interface Resolved {
  /** The text of pylock.toml. */
  readonly lock: string;
  /** Nothing newer than that day is in it: the one that was asked for, or that older versions made necessary. */
  readonly asOf?: string;
  readonly reasons: readonly string[];
}

/** One way to ask uv. They are tried in order until one succeeds. */
interface Attempt {
  readonly prefer: Preference;
  readonly universal: boolean;
  readonly withLocalIndexes: boolean;
  readonly torch: TorchChoice;
  /** The builds of torch that are the best here, whatever the attempt takes. */
  readonly wishedTorch: TorchChoice;
  /** Another attempt follows that asks less of the network: no waiting for servers that do not answer. */
  readonly impatient: boolean;
}

const anyTorch: TorchChoice = { constraints: [], useCpuIndex: false };

/**
 * Lets uv resolve a request. The best lock is asked for first: for every platform, with addresses that hold anywhere,
 * with CPU builds of torch where there is no GPU; then less, with a reason for what was given up.
 */
export async function resolve(request: LockRequest, options: LockOptions): Promise<Resolved> {
  const sources = await sourcesHere();
  const hasGpu = request.accelerator !== "cpu" && (request.accelerator === "cuda" || (await hasNvidiaGpu()));
  const torchFor = ({ asOf }: Preference) => (hasGpu ? anyTorch : torchChoice(request, asOf, sources));
  const folder = await mkdtemp(join(tmpdir(), "reprise-lock-"));
  try {
    const preferences = preferencesOf(request);
    let first: ProblemError | undefined;
    let firstPlain: ProblemError | undefined;
    let versionsMayMatter = false;
    for (const attempt of attemptsFor(preferences, torchFor, sources)) {
      if (!versionsMayMatter && (!attempt.universal || attempt.prefer !== preferences[0])) break;
      const answer = await ask(request, attempt, sources, folder, options);
      if (typeof answer === "string") {
        const asOf = attempt.prefer.asOf ?? request.asOf;
        const reasons = reasonsOf(request, attempt, answer);
        return { lock: answer, reasons, ...(asOf === undefined ? {} : { asOf }) };
      }
      first ??= answer;
      if (attempt.prefer === preferences.at(-1)) firstPlain ??= answer;
      // An index that does not answer and a name that is unknown are the same for all versions and platforms.
      versionsMayMatter ||= answer.problem.id === "RP303" || answer.problem.id === "RP306";
    }
    // What fails with more than was asked for says less of what was.
    throw firstPlain ?? first;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function torchChoice(request: LockRequest, preferredDay: string | undefined, sources: PackageSources): TorchChoice {
  const asOf = preferredDay ?? request.asOf;
  return cpuTorch({
    requirements: [...request.requirements, ...(request.constraints ?? []), ...(request.extra ?? [])],
    python: request.python,
    findLinks: sources.findLinks,
    ...(asOf === undefined ? {} : { asOf }),
  });
}

function attemptsFor(
  preferences: readonly Preference[],
  torchFor: (prefer: Preference) => TorchChoice,
  sources: PackageSources,
): readonly Attempt[] {
  const hasLocal = sources.localIndexes.length > 0;
  return [true, false].flatMap((universal) =>
    preferences.flatMap((prefer) => {
      const wishedTorch = torchFor(prefer);
      return (isPlain(wishedTorch) ? [anyTorch] : [wishedTorch, anyTorch]).flatMap((torch) => {
        const common = { universal, prefer, torch, wishedTorch };
        return [
          { ...common, withLocalIndexes: false, impatient: hasLocal || torch.useCpuIndex },
          ...(hasLocal ? [{ ...common, withLocalIndexes: true, impatient: torch.useCpuIndex }] : []),
        ];
      });
    }),
  );
}

function isPlain(torch: TorchChoice): boolean {
  return torch.constraints.length === 0 && !torch.useCpuIndex;
}

async function ask(
  request: LockRequest,
  attempt: Attempt,
  sources: PackageSources,
  folder: string,
  options: LockOptions,
): Promise<string | ProblemError> {
  const wanted = join(folder, "requirements.in");
  const constraints = join(folder, "constraints.txt");
  await writeFile(wanted, [...request.requirements, ...(request.extra ?? []), ""].join("\n"));
  const { prefer, torch } = attempt;
  const asOf = prefer.asOf ?? request.asOf;
  await writeFile(
    constraints,
    [...(request.constraints ?? []), ...prefer.constraints, ...torch.constraints, ""].join("\n"),
  );
  const args = [
    ...["pip", "compile", wanted, "--constraint", constraints, "--format", "pylock.toml", "--no-header"],
    ...["--generate-hashes", "--no-python-downloads", "--python-version", request.python],
    // `fewest`: one version of a package for all platforms wherever one fits all.
    ...(attempt.universal ? ["--universal", "--fork-strategy", "fewest"] : []),
    ...(asOf === undefined ? [] : ["--exclude-newer", `${asOf}T23:59:59Z`]),
    ...prefer.built.flatMap((name) => ["--only-binary", name]),
    ...(torch.useCpuIndex ? ["--torch-backend", "cpu"] : []),
    ...sources.findLinks.flatMap((place) => ["--find-links", place]),
  ];
  const what = `lock ${summary(request.requirements)} for Python ${request.python}`;
  options.onProgress?.({ task: `Locking ${summary(request.requirements)}` });
  const answer = await runUv(args, {
    ...options,
    withLocalIndexes: attempt.withLocalIndexes,
    ...(attempt.impatient ? { environment: { UV_HTTP_RETRIES: "0" } } : {}),
  });
  if (answer.code === 0) return answer.stdout;
  return uvProblem(answer.stderr, { what, python: request.python, ...(asOf === undefined ? {} : { asOf }) });
}

function reasonsOf(request: LockRequest, attempt: Attempt, lock: string): readonly string[] {
  const reasons = preferenceReasons(request, attempt.prefer);
  if (!attempt.universal) reasons.push("The lock is for this platform only: there is none that fits every platform.");
  const torch = /name = "torch"\s+version = "([^"]+)"/.exec(lock)?.[1];
  if (torch !== undefined && !isPlain(attempt.wishedTorch)) {
    if (attempt.torch === attempt.wishedTorch) {
      const where = attempt.torch.useCpuIndex ? "PyTorch's CPU index" : "a find-links folder of pip's configuration";
      reasons.push(`torch ${torch} is a CPU build from ${where}, because there is no NVIDIA GPU here.`);
    } else {
      reasons.push(`torch ${torch} is the index's own build: no CPU build that fits could be reached.`);
    }
  }
  if (lock.includes('"file:')) reasons.push("Some wheels lie on this machine only, and must travel with the lock.");
  return reasons;
}

function summary(requirements: readonly string[]): string {
  if (requirements.length === 0) return "no packages";
  const shown = requirements.slice(0, 4).join(", ");
  return requirements.length > 4 ? `${shown} and ${requirements.length - 4} more` : shown;
}
