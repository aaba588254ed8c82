import { type VersionLimit, versionLimit } from "../environment/needs/version-limits.ts";
import type { Notebook } from "../notebook/model.ts";
import type { Analysis } from "../rules/analysis.ts";
import { removalBehind } from "../rules/environment/removal.ts";
import type { Finding } from "../rules/finding.ts";
import { findings } from "../rules/index.ts";
import { type ChangedBehaviour, changedBehaviour } from "./changed-behaviour.ts";
import type { StopFacts } from "./verdict.ts";

/** The error that ended a run of the notebook. */
export interface NotebookStop {
  readonly cell: number;
  readonly name: string;
  readonly message: string;
  /** As IPython writes it; empty where Python did not come to write one. */
  readonly traceback: readonly string[];
}

interface StopPlace {
  readonly cell: number;
  /** Of the cell. */
  readonly line: number;
  readonly code: string;
}

/**
 * Where a run of the notebook stopped, why, and how to mend it: in one line. `ran` are the cells in the order in which
 * they ran; what an analysis predicts for the place is its mend.
 */
export function stopText(
  stop: NotebookStop,
  notebook: Notebook,
  ran: readonly number[],
  analysis: Analysis | undefined,
): string {
  const places = placesOf(stop, notebook, ran);
  const own = places.find(({ cell }) => cell === stop.cell);
  const inner = places.at(-1);
  const raised = inner === undefined || inner === own ? "" : `, raised in ${placeText(inner)}`;
  const where = own === undefined ? `cell ${stop.cell}` : placeText(own);
  const what = [stop.name, firstSentence(stop.message)].filter((text) => text !== "").join(": ");
  const mend = analysis === undefined ? "" : mendOf(stop, places, analysis);
  return `${where} stops with ${what}${raised}.${mend && ` ${mend}`}`;
}

/** The first line that says something, with the next one where it only leads there; without the stop at its end. */
function firstSentence(message: string): string {
  const [first = "", second = ""] = message.split("\n").flatMap((line) => line.trim() || []);
  const said = first.endsWith(":") ? `${first} ${second}`.trimEnd() : first;
  return said.replace(/[.:]$/, "");
}

function placeText({ cell, line, code }: StopPlace): string {
  return `line ${line} of cell ${cell} (${code})`;
}

const longestCode = 100;

/** The lines of the notebook that a traceback goes through, from the outermost to where the error was raised. */
function placesOf({ cell, traceback }: NotebookStop, notebook: Notebook, ran: readonly number[]): readonly StopPlace[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that IPython writes are what has to go
  const text = traceback.join("\n").replace(/\u001b\[[0-9;]*m/g, "");
  const sources = new Map(notebook.cells.map((each) => [each.index, each.source.split("\n")]));
  // IPython counts the cells that have something to run.
  const counted = ran.filter((index) => sources.get(index)?.some((line) => line.trim() !== "") === true);
  return [...text.matchAll(/^\s*(?:Cell In ?\[(\d+)\], line (\d+)|File <timed (?:exec|eval)>:(\d+))/gm)].flatMap(
    (found) => {
      const [, execution, ownLine, timedLine] = found;
      // `%%time` takes its own line away before it counts.
      const line = timedLine === undefined ? Number(ownLine) : Number(timedLine) + 1;
      const at = execution === undefined ? cell : counted[Number(execution) - 1];
      const code = at === undefined ? undefined : sources.get(at)?.[line - 1]?.trim();
      if (at === undefined || code === undefined || code === "" || code.startsWith("%%")) return [];
      return [{ cell: at, line, code: code.length > longestCode ? `${code.slice(0, longestCode - 1)}…` : code }];
    },
  );
}

/** Errors with which code meets another version of a library than it was written for. */
const driftErrors = new Set(["ImportError", "ModuleNotFoundError", "AttributeError", "TypeError"]);

/** What mends it: by the analysis, by what is known of the libraries, or else by their versions; empty for nothing. */
function mendOf(stop: NotebookStop, places: readonly StopPlace[], analysis: Analysis): string {
  const { name, message } = stop;
  const all = findings(analysis).findings;
  const error = name === "ModuleNotFoundError" ? "ImportError" : name;
  const said = all.find(
    (finding) =>
      (finding.predicts?.includes(name) || finding.predicts?.includes(error)) &&
      places.some((place) => isAt(finding, place)),
  );
  if (said !== undefined) return said.message;
  const removal = removalBehind(message);
  if (removal !== undefined) {
    const { what, since, instead } = removal;
    return `${what} since version ${since}. Use ${instead} instead, or pin a version below ${since}.`;
  }
  const changed = changeBehind(stop, places);
  if (changed !== undefined) {
    return `Since ${changed.library} ${changed.since}, ${changed.what}. ${changed.instead}, or pin an older version.`;
  }
  if (!driftErrors.has(name) || !all.some(({ name: rule }) => rule === "unpinned-import")) return "";
  return "If this ran once, a library has changed since: mend the line, or lock older versions with --as-of DATE.";
}

function changeBehind({ name, message }: NotebookStop, places: readonly StopPlace[]): ChangedBehaviour | undefined {
  return changedBehaviour(`${name}: ${message}`, places.map(({ code }) => code).join("\n"));
}

/** What a stop tells about the versions of libraries. */
export function stopFacts(stop: NotebookStop, notebook: Notebook, ran: readonly number[]): StopFacts {
  const tooNew = tooNewFor(stop, notebook, ran);
  return {
    cell: stop.cell,
    ran: ran.indexOf(stop.cell),
    mayBeVersions: tooNew !== undefined || driftErrors.has(stop.name),
    ...(tooNew === undefined ? {} : { tooNew }),
  };
}

/** The library that a stop shows to be too new for the notebook; undefined where another cause is possible. */
function tooNewFor(stop: NotebookStop, notebook: Notebook, ran: readonly number[]): VersionLimit | undefined {
  const removal = removalBehind(stop.message);
  if (removal !== undefined) {
    const { library, since, subject } = removal;
    return versionLimit(library, since, `cell ${stop.cell} uses ${subject}, gone since ${since}`);
  }
  const changed = changeBehind(stop, placesOf(stop, notebook, ran));
  if (changed === undefined) return undefined;
  const { library, since, what } = changed;
  return versionLimit(library, since, `cell ${stop.cell} stops with a newer one: since ${since}, ${what}`);
}

function isAt({ cell, range }: Finding, place: StopPlace): boolean {
  return cell === place.cell && range.start.line <= place.line && place.line <= range.end.line;
}
