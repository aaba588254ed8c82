import { type Problem, ProblemError } from "../../problem/problem.ts";

/** What a container engine answers when it refuses, and what that means. The first that fits counts. */
const refusals: readonly { readonly sign: RegExp; readonly problem: Omit<Problem, "cause"> }[] = [
  {
    sign: /could not select device driver|nvidia-container-cli|unresolvable CDI|CDI device injection|failed to inject CDI/i,
    problem: {
      id: "RP326",
      message: "A GPU was asked for, and this container engine has none to give.",
      mend: "Install the NVIDIA driver and the NVIDIA Container Toolkit, or run with --gpus none (--gpus optional takes one only where there is one).",
    },
  },
  {
    sign: /executable file not found/i,
    problem: {
      id: "RP328",
      message: "The image has no python on its PATH.",
      mend: "Name an image with Python 3 (--image, or REPRISE_BASE_IMAGE for the base image).",
    },
  },
  {
    sign: /ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|socket hang up/,
    problem: {
      id: "RP324",
      message: "The container engine stopped answering.",
      mend: "Start it again (Docker Desktop, or: sudo systemctl start docker), then repeat the command.",
    },
  },
];

/** A container engine's error as a problem. */
export function refusal(error: unknown, what: string): ProblemError {
  if (error instanceof ProblemError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const known = refusals.find(({ sign }) => sign.test(text));
  const problem = known?.problem ?? {
    id: "RP329" as const,
    message: `The container engine refused to ${what}.`,
    mend: "Mend what its message names; `reprise doctor` shows what is missing.",
  };
  return new ProblemError({ ...problem, cause: text }, { cause: error });
}

/** The base image is not here and cannot be pulled. */
export function imageMissing(reference: string, error: unknown): ProblemError {
  const text = error instanceof Error ? error.message : String(error);
  if (/ECONNREFUSED|ECONNRESET|socket hang up/.test(text)) return refusal(error, "pull an image");
  return new ProblemError(
    {
      id: "RP327",
      message: `The image ${reference} is not on this machine and cannot be pulled.`,
      mend: "Check its name and the network, load it (docker load), or name one that is here: REPRISE_BASE_IMAGE=IMAGE, or --image.",
      cause: text,
    },
    { cause: error },
  );
}
