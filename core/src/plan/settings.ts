import { type Bench, importedNames, kept, open } from "./bench.ts";
import { type Facts, produces } from "./facts.ts";
import { lastingSettings } from "./restored-settings.ts";
import { addsToSearchPath } from "./search-path.ts";
import { keepsMessages, notices, reachOfSettings } from "./setting-reach.ts";
import { settingSubject } from "./setting-subject.ts";

/**
 * Finds what sets up the process (rcParams, options, warnings, environment variables, the folder): it binds nothing and
 * changes nothing but what imports brought. Where nothing that runs before it can notice, every stage may begin with it.
 * Otherwise it is repeated in each stage that can, at its place among the statements: no file can hand it on. One that
 * needs a value which is another later is one stage with all that can notice it.
 */
export function placeSettings(bench: Bench): void {
  const imported = importedNames(bench);
  const reach = reachOfSettings(bench);
  const seen = new Set<string>();
  const before: Facts[] = [];
  for (const facts of open(bench)) {
    if (isFixedSearchPath(facts, imported)) {
      // Modules are imported before anything runs, and nothing else notices it.
      bench.homes.set(facts.id, "setting");
      continue;
    }
    const subject = settingSubject(bench, facts, imported);
    const own = reach(facts);
    if (subject === undefined) {
      // Among other things that it does, in a function that it calls.
      if (lastingSettings(facts.statement).size > 0) bench.boundSettings.set(facts, own);
      before.push(facts);
      continue;
    }
    const isFixed = [...facts.reads, ...facts.changes].every((name) => imported.has(name));
    if (keepsMessages(facts)) {
      bench.boundSettings.set(facts, own);
      before.push(facts);
      continue;
    }
    if (isFixed && !seen.has(subject) && !before.some((each) => notices(each, own))) {
      bench.homes.set(facts.id, "setting");
    } else if (isFixed || isSameLater(bench, facts, imported)) {
      bench.homes.set(facts.id, "repeated-setting");
      bench.repeatedSettings.set(facts, own);
    } else {
      bench.boundSettings.set(facts, own);
      before.push(facts);
    }
    seen.add(subject);
  }
}

/** True for `sys.path.append("..")`, which needs no value of the notebook. */
function isFixedSearchPath({ statement, reads, changes }: Facts, imported: ReadonlySet<string>): boolean {
  return addsToSearchPath(statement.node) && [...reads, ...changes].every((name) => imported.has(name));
}

/** True where what a setting reads is nothing that a later statement binds or changes. */
function isSameLater(bench: Bench, { position, reads }: Facts, imported: ReadonlySet<string>): boolean {
  const values = [...reads].filter((name) => !imported.has(name));
  return kept(bench).every(
    (facts) => facts.position <= position || !values.some((name) => produces(facts, name) || facts.deletes.has(name)),
  );
}
