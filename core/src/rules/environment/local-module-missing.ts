import { unfollowedIn } from "../../inclusion/inclusion.ts";
import { inText } from "../clue.ts";
import { type Facts, rangeIn, rule } from "../rule.ts";
import { importedModules } from "./imported-modules.ts";

export const localModuleMissing = rule("NB404", function* ({ document, surroundings }) {
  yield* unfollowed(document);
  const told = new Set<string>();
  for (const { statement, modules } of importedModules(document)) {
    const { cell, range } = statement;
    for (const module of modules) {
      const isRelative = module.startsWith(".");
      const top = module.split(".", 1)[0] as string;
      if (told.has(module) || !(isRelative || surroundings?.missingModules.includes(top) === true)) continue;
      told.add(module);
      yield {
        tier: "hint",
        severity: "warning",
        cell,
        range,
        subject: module,
        message: isRelative
          ? `\`${module}\` is imported relative to a package, and a notebook is in none: the import fails. Import it by its full name.`
          : `\`${top}\` looks like a module of your own, and there is none beside the notebook: the import fails, or finds a stranger's package of that name. ` +
            `Put ${top}.py beside the notebook, or install the package that holds it.`,
        predicts: isRelative
          ? "ImportError: attempted relative import with no known parent package"
          : `ModuleNotFoundError: No module named '${top}'`,
      };
    }
  }
});

const unfollowed = inText(function* (cell): Generator<Facts> {
  for (const { command, path, why, mend } of unfollowedIn(cell.translation)) {
    yield {
      tier: "strong",
      severity: "warning",
      cell: cell.translation.cell,
      range: rangeIn(cell, command),
      subject: path,
      message: `What runs here cannot be followed, and so nobody knows what it binds and changes: ${why}. ${mend}`,
    };
  }
});
