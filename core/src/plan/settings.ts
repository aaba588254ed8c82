import { type Bench, importedNames, kept, open } from "./bench.ts";
import { type Facts, produces } from "./facts.ts";
import { lastingSettings } from "./restored-settings.ts";
import { addsToSearchPath } from "./search-path.ts";
import { settingConstants } from "./setting-constants.ts";
import { keepsMessages, notices, reachOfSettings, type SettingReach } from "./setting-reach.ts";
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
  const isOfLooks = (facts: Facts) =>
    settingSubject(bench, facts, imported) !== undefined && looks.has(reach(facts)) && !keepsMessages(facts);
  let constants = settingConstants(bench, isOfLooks);
  let decided = decide(bench, imported, constants, reach);
  // What is given to a setting that cannot stand with the others is a value like others.
  for (let before = -1; before !== constants.size; ) {
    before = constants.size;
    const fixed = new Set(decided.filter(({ home }) => home === "setting").map(({ facts }) => facts));
    constants = settingConstants(bench, (facts) => fixed.has(facts) && isOfLooks(facts));
    decided = decide(bench, imported, constants, reach);
  }
  for (const { facts, home, own } of decided) {
    if (home === "bound") bench.boundSettings.set(facts, own);
    else bench.homes.set(facts.id, home);
    if (home === "repeated-setting") bench.repeatedSettings.set(facts, own);
  }
}

/** What shows how things look, and nothing of what is computed. */
const looks: ReadonlySet<SettingReach> = new Set(["figures", "texts"]);

interface Decision {
  readonly facts: Facts;
  readonly home: "setting" | "repeated-setting" | "bound";
  readonly own: SettingReach;
}

/** Where each setting goes, in order; `constants` are names that stand among the settings with what they are bound to. */
function decide(
  bench: Bench,
  imported: ReadonlySet<string>,
  constants: ReadonlyMap<string, Facts>,
  reach: (facts: Facts) => SettingReach,
): readonly Decision[] {
  // How much stood before the last that set the same; nothing may stand between two that go the same way.
  const seen = new Map<string, number>();
  const before: Facts[] = [];
  const decided: Decision[] = [];
  const given = new Set(constants.values());
  for (const facts of open(bench)) {
    const own = reach(facts);
    if (given.has(facts) || isFixedSearchPath(facts, imported)) {
      // Modules are imported before anything runs, and nothing else notices it.
      decided.push({ facts, home: "setting", own });
      continue;
    }
    const subject = settingSubject(bench, facts, imported);
    if (subject === undefined) {
      // Among other things that it does, in a function that it calls.
      const lasting = lastingSettings(facts.statement);
      // Where a log goes is no message: a later stage would write none.
      const noticed = own === "messages" && lasting.has("logging") ? "logs" : own;
      if (lasting.size > 0) decided.push({ facts, home: "bound", own: noticed });
      before.push(facts);
      continue;
    }
    if (keepsMessages(facts)) {
      decided.push({ facts, home: "bound", own });
      before.push(facts);
      continue;
    }
    const isFixed = [...facts.reads, ...facts.changes].every((name) => imported.has(name) || constants.has(name));
    const isNext = (seen.get(subject) ?? before.length) === before.length;
    if (isFixed && isNext && !before.some((each) => notices(each, own))) {
      decided.push({ facts, home: "setting", own });
      seen.set(subject, before.length);
      continue;
    }
    seen.set(subject, -1);
    if (isFixed || isSameLater(bench, facts, imported)) decided.push({ facts, home: "repeated-setting", own });
    else {
      decided.push({ facts, home: "bound", own });
      before.push(facts);
    }
  }
  return decided;
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
