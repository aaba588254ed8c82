import { readdirSync } from "node:fs";
import { runProcess } from "../../host/child-process.ts";
import { parseRequirement, satisfies } from "../lock/requirement.ts";
import { compareVersions } from "../lock/version.ts";

/** Distributions whose builds differ by accelerator, on PyTorch's own indexes. */
const torchFamily = ["torch", "torchvision", "torchaudio"];

let gpu: Promise<boolean> | undefined;

/** Whether an NVIDIA GPU answers on this machine; asked once. */
export function hasNvidiaGpu(): Promise<boolean> {
  gpu ??= runProcess("nvidia-smi", ["-L"]).then(
    ({ code, stdout }) => code === 0 && /GPU \d/.test(stdout),
    () => false,
  );
  return gpu;
}

/** How CPU builds are to be asked for. */
export interface TorchChoice {
  /** `torch==2.13.0+cpu`: a wheel that lies in a find-links folder here. */
  readonly constraints: readonly string[];
  /** Ask PyTorch's CPU index. */
  readonly useCpuIndex: boolean;
}

export interface TorchQuestion {
  readonly requirements: readonly string[];
  readonly python: string;
  readonly findLinks: readonly string[];
  readonly asOf?: string;
}

/**
 * Plain `torch` resolves to a CUDA build with gigabytes of libraries, except on macOS. Without a GPU a CPU build is
 * wanted: one of a find-links folder if it fits, or else that of PyTorch's CPU index.
 */
export function cpuTorch(question: TorchQuestion): TorchChoice {
  const asked = question.requirements.map(parseRequirement).filter((requirement) => requirement !== undefined);
  const constraints = torchFamily.flatMap((name) => {
    const own = asked.filter((requirement) => requirement.name === name);
    // A file has no date: where a date is set, only a version that is asked for by number is taken from a folder.
    if (question.asOf !== undefined && !own.some(({ specifier }) => specifier.startsWith("=="))) return [];
    const versions = question.findLinks
      .flatMap((folder) => localCpuVersions(folder, name, question.python))
      .filter((version) => own.every(({ specifier }) => satisfies(version, specifier)))
      .sort(compareVersions);
    const newest = versions.at(-1);
    return newest === undefined ? [] : [`${name}==${newest}`];
  });
  const isAsked = asked.some(({ name, specifier }) => torchFamily.includes(name) && !specifier.includes("+"));
  return { constraints, useCpuIndex: isAsked && constraints.length === 0 && process.platform !== "darwin" };
}

function localCpuVersions(folder: string, name: string, python: string): readonly string[] {
  const tag = `cp${python.split(".").slice(0, 2).join("")}`;
  let files: readonly string[];
  try {
    files = readdirSync(folder.replace(/^file:\/\//, ""));
  } catch {
    return [];
  }
  return files.flatMap((file) => {
    const [distribution, version, pythonTag, , platform = ""] = file.replace(/\.whl$/, "").split("-");
    const fits = distribution === name && pythonTag === tag && version?.endsWith("+cpu") && platformFits(platform);
    return fits && version !== undefined ? [version] : [];
  });
}

function platformFits(tag: string): boolean {
  const machine = { x64: /x86_64|amd64/, arm64: /aarch64|arm64/ }[process.arch as string];
  const system = { linux: /linux/, win32: /win/ }[process.platform as string];
  return machine?.test(tag) === true && system?.test(tag) === true;
}
