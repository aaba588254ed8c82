/** Runs inside the extension host of a real VS Code; `editor.test.ts` starts it and reads what it writes. */
import { writeFileSync } from "node:fs";
import { cases } from "./cases.ts";

export interface CaseResult {
  readonly name: string;
  /** The stack of what the case threw. */
  readonly error?: string;
}

export async function run(): Promise<void> {
  const results: CaseResult[] = [];
  for (const [name, work] of Object.entries(cases)) {
    try {
      await work();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  writeFileSync(process.env.REPRISE_TEST_RESULTS ?? "results.json", JSON.stringify(results));
}
