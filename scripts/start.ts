/** `npm start [-- NOTEBOOK]`: the whole job on a notebook, from its findings to two recorded runs and a report. */
import { join, resolve } from "node:path";
import { execute } from "../cli/src/execute.ts";
import { demonstrate } from "../cli/src/jobs/demonstrate.ts";

const sample = join(import.meta.dirname, "..", "samples", "titanic", "titanic.ipynb");
const given = process.argv[2];
// npm runs scripts in the repository; the user's own paths are relative to where npm was called.
const notebook = given === undefined ? sample : resolve(process.env.INIT_CWD ?? ".", given);
process.chdir(process.env.INIT_CWD ?? ".");

await execute("start", {}, (call) => demonstrate(notebook, call));
