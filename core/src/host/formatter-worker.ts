/** The thread that compiles ruff (see warm-formatter.ts): it uses every part that a conversion uses once. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { agentFolder } from "./assets.ts";
import { createPythonFormatter } from "./python-formatter.ts";

const formatter = createPythonFormatter();
const settings = { firstParty: "agent", python: "3.11" };
for (const file of ["relay.py", "packages.py"]) {
  const text = readFileSync(join(agentFolder, file), "utf8");
  formatter.format(text, settings);
  formatter.brokenRules(text, settings);
}
// The machine code lives as long as a thread that uses it.
parentPort?.on("message", () => {});
