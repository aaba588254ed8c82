import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { temporaryFolder } from "./folder.ts";
import { requirePython } from "./python.ts";

/** The kernels of other languages that tests run; their kernelspecs as their own installers write them. */
const specs = (scripts: string) => ({
  bash: { argv: [join(scripts, "python"), "-m", "bash_kernel", "-f", "{connection_file}"], language: "bash" },
  deno: {
    argv: [join(scripts, "deno"), "jupyter", "--kernel", "--conn", "{connection_file}"],
    language: "typescript",
  },
  ir: { argv: ["R", "--slave", "-e", "IRkernel::main()", "--args", "{connection_file}"], language: "R" },
});

/** A folder for JUPYTER_PATH with kernels of other languages; `undefined` where the test is skipped. */
export async function requireKernelspecs(context: TestContext): Promise<string | undefined> {
  const python = await requirePython(context, "languages");
  if (python === undefined) return undefined;
  const folder = temporaryFolder(context);
  for (const [name, spec] of Object.entries(specs(dirname(python)))) {
    mkdirSync(join(folder, "kernels", name), { recursive: true });
    const content = { ...spec, display_name: name, ...(name === "bash" && { env: { PS1: "$" } }) };
    writeFileSync(join(folder, "kernels", name, "kernel.json"), JSON.stringify(content));
  }
  return folder;
}
