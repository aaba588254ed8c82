/**
 * `npm run effects -- confirm [library ...]` calls the libraries and holds the effect tables against what they do;
 * `npm run effects -- propose [library ...]` writes into the tables what was seen of functions that they lack.
 */
import { parseArgs } from "node:util";
import { type Confirmation, confirm, writeLedger } from "./confirm.ts";
import { sampledLibraries } from "./library.ts";
import { propose } from "./propose.ts";
import { report } from "./report.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    environment: { type: "string", multiple: true },
    only: { type: "string", multiple: true },
    fresh: { type: "boolean", default: false },
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
  fresh: values.fresh,
  ...(values.only === undefined ? {} : { only: values.only }),
};
const all: Confirmation[] = [];
for (const library of chosen.length > 0 ? chosen : known) {
  console.error(`${library} ...`);
  if (command === "propose") {
    console.log(await propose(library, options));
    continue;
  }
  const confirmations = await confirm(library, options);
  all.push(...confirmations);
  // A part of a library, or one that is contradicted, is no record of what was confirmed.
  const isWhole = values.only === undefined && values.environment === undefined;
  if (isWhole && !confirmations.some(isContradicted)) writeLedger(library, confirmations);
}
if (command === "confirm") console.log(values.json ? JSON.stringify(all) : report(all));
if (all.some(isContradicted)) process.exitCode = 1;

function isContradicted({ contradicted }: Confirmation): boolean {
  return Object.keys(contradicted).length > 0;
}
