import { append } from "../text/append.ts";
import { type Bench, kept } from "./bench.ts";
import { type Facts, needs } from "./facts.ts";
import { type RunFile, runFiles } from "./run-files.ts";

/** What a file with names of its own does otherwise than the notebook's own statements would. */
export interface NameFault {
  readonly facts: Facts;
  readonly name: string;
  readonly why: string;
  readonly mend: string;
}

/**
 * `%run` without `-i` gives a file a namespace of its own and copies it to the notebook's: the file does not see the
 * notebook's names, and its functions do not see what the notebook binds later.
 */
export function nameFaults(bench: Bench): readonly NameFault[] {
  return runFiles(bench).flatMap((file) => (file.inclusion.sharesNames ? [] : faultsOf(bench, file)));
}

function faultsOf(bench: Bench, { inclusion: { path, python }, facts, inside }: RunFile): readonly NameFault[] {
  const own = new Set(facts);
  if (inside !== undefined) own.add(inside.whole);
  const bound = new Set<string>();
  const found = new Map<string, NameFault>();
  const again = runFiles(bench).filter(({ inclusion }) => inclusion.path === path);
  for (const each of again.flatMap((file) => file.facts)) own.add(each);
  const strangers = bindersElsewhere(bench, own, inside === undefined ? [] : [inside.besides]);
  const tell = (name: string, at: Facts, why: string) => {
    if (found.has(name)) return;
    const mend = `Run it with %run -i ${path}, which gives it the notebook's names, or import ${path} as a module.`;
    found.set(name, { facts: at, name, why, mend });
  };
  for (const each of facts) {
    for (const name of needs(each)) {
      if (bound.has(name) || !strangers.has(name)) continue;
      tell(
        name,
        each,
        `${path} uses ${name}, which only the notebook binds: %run does not hand the notebook's names over`,
      );
    }
    for (const name of each.binds.keys()) bound.add(name);
  }
  const last = facts.at(-1)?.position ?? 0;
  for (const each of facts) {
    const definitions = bench.dataflow.definitions.filter(
      ({ statement, node }) => statement === each.id && python.start <= node.start && node.start < python.end,
    );
    for (const name of definitions.flatMap(({ freeBinds }) => freeBinds)) {
      tell(name, each, `functions of ${path} bind ${name} anew, which the notebook does not see`);
    }
    for (const name of definitions.flatMap(({ freeReads }) => freeReads)) {
      const later = (strangers.get(name) ?? []).find(
        (other) => other.position > last && !isSameImport(other, facts, name),
      );
      if (later === undefined || !bound.has(name)) continue;
      tell(
        name,
        each,
        `functions of ${path} go on using its own ${name}, although cell ${later.statement.cell} binds that name anew`,
      );
    }
  }
  return [...found.values()];
}

/** Whether a statement only imports again what the file imported by that name. */
function isSameImport(other: Facts, facts: readonly Facts[], name: string): boolean {
  const imported = importedBy(other, name);
  const last = facts.findLast(({ binds }) => binds.has(name));
  return imported !== undefined && last !== undefined && importedBy(last, name) === imported;
}

/** `sklearn.svm.SVC` for the name that `from sklearn.svm import SVC` binds. */
function importedBy({ statement: { node } }: Facts, name: string): string | undefined {
  if (node.type !== "Import" && node.type !== "ImportFrom") return undefined;
  const from = node.type === "ImportFrom" ? `${".".repeat(node.level)}${node.module ?? ""}.` : "";
  const alias = node.names.find((each) => (each.asname?.name ?? each.name.split(".", 1)[0]) === name);
  return alias === undefined ? undefined : `${from}${alias.asname === undefined ? name : alias.name}`;
}

function bindersElsewhere(
  bench: Bench,
  own: ReadonlySet<Facts>,
  besides: readonly Facts[],
): ReadonlyMap<string, readonly Facts[]> {
  const binders = new Map<string, Facts[]>();
  for (const facts of [...kept(bench), ...besides]) {
    if (own.has(facts)) continue;
    for (const name of facts.binds.keys()) {
      append(binders, name, facts);
    }
  }
  return binders;
}
