/**
 * `npm run effects -- confirm [library ...]` calls the libraries and holds the effect tables against what they do;
 * `npm run effects -- propose [library ...]` writes into the tables what was seen of functions that they lack.
 */
import { parseArgs } from "node:util";
import { confirm, writeLedger } from "./confirm.ts";
import { sampledLibraries } from "./library.ts";
import { propose } from "./propose.ts";
import { report } from "./report.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    environment: { type: "string", multiple: true },
    only: { type: "string", multiple: true },
    keep: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const [command, ...chosen] = positionals;
const known = sampledLibraries();
const wrong = chosen.filter((library) => !known.includes(library));
if ((command !== "confirm" && command !== "propose") || wrong.length > 0) {
  if (wrong.length > 0) console.error(`There are no samples for ${wrong.join(", ")}.`);
  console.error(`Type: npm run effects -- confirm|propose [library ...]. Libraries: ${known.join(", ")}.`);
  process.exit(2);
}

const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("stopped")));
const options = {
  signal: stop.signal,
  ...(values.environment === undefined ? {} : { environments: values.environment }),
  ...(values.keep === undefined ? {} : { keep: values.keep }),
  ...(values.only === undefined ? {} : { only: values.only }),
};
let isContradicted = false;
for (const library of chosen.length > 0 ? chosen : known) {
  if (command === "propose") {
    console.log(await propose(library, options));
    continue;
  }
  const confirmations = await confirm(library, options);
  console.log(values.json ? JSON.stringify(confirmations) : report(confirmations));
  isContradicted ||= confirmations.some(({ contradicted }) => Object.keys(contradicted).length > 0);
  // A part of a library, or one that is contradicted, is no record of what was confirmed.
  if (values.only === undefined && values.environment === undefined && !isContradicted)
    writeLedger(library, confirmations);
}
if (isContradicted) process.exitCode = 1;
