import { runProcess } from "../host/child-process.ts";
import { ProblemError } from "../problem/problem.ts";

/** `3.11.7`: asked of the interpreter itself, without its site packages. Throws ProblemError RP321. */
export async function pythonVersion(python: string): Promise<string> {
  const code = "import platform; print(platform.python_version())";
  const asked = await runProcess(python, ["-I", "-S", "-c", code]).catch((error: Error) => error);
  if (!(asked instanceof Error) && asked.code === 0) return asked.stdout.trim();
  throw new ProblemError({
    id: "RP321",
    message: `${python} is not a Python that runs here.`,
    mend: "Name an environment whose interpreter runs, or leave --environment out so that Reprise makes one.",
    cause: asked instanceof Error ? asked.message : asked.stderr,
  });
}
