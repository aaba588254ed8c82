import { join } from "node:path";
import type { TestContext } from "node:test";
import { pinnedPython } from "../../scripts/python-environment.ts";

/** The environments that tests run in; `test/environments/<name>.txt` pins each. */
export type TestEnvironment =
  | "kernel"
  | "kernel6"
  | "ml"
  | "values"
  | "checks"
  | "keras"
  | "pandas-2"
  | "lint"
  | "mlflow"
  | "dvc"
  | "notebooks"
  | "languages"
  | "addresses"
  | "ray"
  | "ipython-7"
  | "ipython-8"
  | "nbconvert"
  | "soorgeon";

const made = new Map<TestEnvironment, Promise<string>>();

/**
 * The interpreter of a test environment, made on first use and kept in Reprise's cache. With `REPRISE_TEST_KERNEL=6` all
 * tests that run notebooks do so with ipykernel 6.
 */
export function testPython(wanted: TestEnvironment): Promise<string> {
  const name = wanted === "kernel" && process.env.REPRISE_TEST_KERNEL === "6" ? "kernel6" : wanted;
  let python = made.get(name);
  if (python === undefined) {
    python = pinnedPython(join(folderOf(name), `${name}.txt`));
    made.set(name, python);
  }
  return python;
}

/** The effect tables are held against older libraries too: that environment serves both. */
function folderOf(name: TestEnvironment): string {
  const root = join(import.meta.dirname, "..", "..");
  return name === "pandas-2" ? join(root, "scripts", "effects", "environments") : join(root, "test", "environments");
}

/** As `testPython`; where the environment cannot be made, the test is skipped (or fails under REPRISE_REQUIRE=all). */
export async function requirePython(context: TestContext, name: TestEnvironment): Promise<string | undefined> {
  try {
    return await testPython(name);
  } catch (error) {
    if (process.env.REPRISE_REQUIRE === "all") throw error;
    context.skip(`no Python environment "${name}" here: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}
