/** Older ones are neither analysed nor run: what runs in the kernel, and generated projects, need this one. */
export const oldestPython = "3.8";

/** The minor version that a notebook recorded (`3.11` of `3.11.7`); nothing where it says none, or not one of Python 3. */
export function recordedPython(recorded: string | undefined): string | undefined {
  return /^3\.\d+/.exec(recorded ?? "")?.[0];
}

/** Whether a minor version is one that projects can be made for. */
export function isSupported(minor: string): boolean {
  return Number(minor.slice(2)) >= Number(oldestPython.slice(2));
}
