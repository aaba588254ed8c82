import { unfollowedIn } from "../../inclusion/inclusion.ts";
import { LineIndex } from "../../text/position.ts";
import { rule } from "../rule.ts";

export const localModuleMissing = rule("NB404", function* ({ document, surroundings }) {
  const told = new Set<string>();
  for (const cell of document.cells) {
    for (const { command, path, why, mend } of unfollowedIn(cell.translation)) {
      yield {
        tier: "strong",
        severity: "warning",
        cell: cell.cell.index,
        range: new LineIndex(cell.translation.source).range(command),
        subject: path,
        message: `What runs here cannot be followed, and so nobody knows what it binds and changes: ${why}. ${mend}`,
      };
    }
  }
  for (const { node, cell, range } of document.statements) {
    const modules =
      node.type === "Import"
        ? node.names.map(({ name }) => name)
        : node.type === "ImportFrom"
          ? [`${".".repeat(node.level)}${node.module ?? ""}`]
          : [];
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
