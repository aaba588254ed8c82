import { gzipSync } from "node:zlib";
import {
  conflictsOf,
  type FileOutcome,
  type FileStatus,
  fileDiff,
  generationPath,
  manifestPath,
  ProblemError,
  type Reconversion,
  type UndefinedName,
  unifiedDiff,
} from "@reprise/core";
import { dropProof, loadTemplates, proofOn, updateProject } from "@reprise/core/node";
import type { Answer } from "../../execute.ts";
import { color } from "../../terminal/color.ts";
import { paintedDiff } from "../../terminal/diff-text.ts";

/** Writes what a re-conversion changes, all together or not at all. Throws ProblemError RP361, RP362. */
export async function writeReconversion({ files, project, obsoleteCopies }: Reconversion, folder: string) {
  const writes = new Map<string, string | Uint8Array>();
  for (const { path, from, before, after } of files) {
    if (after !== undefined && (after !== before || from !== undefined)) writes.set(path, after);
  }
  writes.set(manifestPath, project.files.get(manifestPath)?.text ?? "");
  if (project.base !== undefined) writes.set(generationPath, gzipSync(project.base));
  const removals = files.flatMap(({ path, from, status }) => from ?? (status === "removed" ? path : []));
  await updateProject(folder, { writes, copies: project.copies, removals: [...removals, ...obsoleteCopies] });
  if ((await proofOn(folder))?.isStale) await dropProof(folder, loadTemplates());
}

/** Throws ProblemError RP167 where the proof was of other edits than those that are in the project by now. */
export function checkUnedited(proven: Reconversion | undefined, now: Reconversion | undefined): void {
  if (proven === undefined || now === undefined) return;
  const before = new Map(proven.files.map(({ path, before }) => [path, before]));
  const edited = now.files.find(({ path, before: found }) => before.has(path) && before.get(path) !== found);
  if (edited === undefined) return;
  throw new ProblemError({
    id: "RP167",
    message: `${edited.path} was edited while the conversion was being proven; nothing was written`,
    place: { file: edited.path },
    mend: "Run the same command again.",
  });
}

/** What each status means, in the order in which people want to read it. Those that are not here are not told. */
const told: readonly (readonly [FileStatus, string])[] = [
  ["updated", "changed with the notebook"],
  ["added", "new"],
  ["merged", "your edits and the notebook's, merged"],
  ["kept", "your edits, kept"],
  ["removed", "no longer generated, removed"],
  ["left", "no longer generated, but edited by you: left where it is"],
  ["deleted", "deleted by you, stays deleted"],
  ["restored", "deleted by you, but it changed with the notebook: written again"],
  ["conflict", "you and the notebook changed the same lines"],
];

/** A conversion's answer with what became of the project's files. Conflicts are told by the exit code. */
export function withReconversion(
  answer: Answer,
  reconversion: Reconversion & { readonly undefined: readonly UndefinedName[] },
  isDry: boolean,
): Answer {
  const conflicts = conflictsOf(reconversion);
  const changed = reconversion.files.filter(({ status }) => status !== "unchanged");
  const outcome = conflicts.length > 0 ? "converted-with-conflicts" : answer.json.outcome;
  const files = reconversion.files.map((file) => ({
    path: file.path,
    ...(file.from === undefined ? {} : { from: file.from }),
    status: file.status,
    ...(isDry && file.status !== "unchanged" && file.status !== "kept" ? { diff: fileDiff(file) } : {}),
  }));
  return {
    exit: conflicts.length > 0 ? 1 : answer.exit,
    json: { ...answer.json, outcome, ...{ reconversion: { files, conflicts, undefined: reconversion.undefined } } },
    text: () =>
      [
        ...(isDry ? paintedDiff(changed.flatMap((file) => unifiedDiff(file))) : []),
        ...(isDry && changed.length > 0 ? [""] : []),
        answer.text(),
        "",
        ...listing(changed),
        ...conflicts.map(({ path, line }) => color.red(`conflict in ${path}:${line}`)),
        ...reconversion.undefined.map(({ path, line, name, why }) =>
          color.yellow(`undefined in ${path}:${line}: ${name} (${why})`),
        ),
        ...(conflicts.length === 0 ? [] : [conflictMend(isDry)]),
      ].join("\n"),
  };
}

function listing(files: readonly FileOutcome[]): string[] {
  if (files.length === 0) return ["The project stands as it was: nothing of it changes."];
  return told.flatMap(([status, meaning]) => {
    const paths = files.filter((file) => file.status === status).map(shownFile);
    return paths.length === 0 ? [] : [`  ${meaning}: ${paths.join(", ")}`];
  });
}

/** `src/study/work.py → src/study/features.py` for a file that has another name now. */
function shownFile({ path, from }: FileOutcome): string {
  return from === undefined ? path : `${from} → ${path}`;
}

function conflictMend(isDry: boolean): string {
  return isDry
    ? "Nothing was written. Converted, these places would be marked in the files."
    : "Choose in each place what shall stand there, and delete the marks (<<<<<<<, |||||||, =======, >>>>>>>).";
}

/** The answer to a proof that was asked for and cannot be made. */
export function unproven(answer: Answer): Answer {
  return {
    ...answer,
    text: () =>
      `${color.yellow("Not proven:")} a project with conflicts cannot run. Settle them, then run reprise verify.\n\n${answer.text()}`,
  };
}
