import { rule } from "../rule.ts";
import { importedModules } from "./imported-modules.ts";

export const unpinnedImport = rule("NB401", function* ({ document, unpinned }) {
  if (unpinned === undefined || unpinned.length === 0) return;
  const wanted = new Set(unpinned);
  for (const { statement, modules } of importedModules(document)) {
    if (!modules.some((module) => wanted.has(module.split(".", 1)[0] as string))) continue;
    yield {
      tier: "hint",
      severity: "info",
      cell: statement.cell,
      range: statement.range,
      subject: unpinned.join(", "),
      message:
        `Nothing beside the notebook or in it says which version of ${unpinned.map((module) => `\`${module}\``).join(", ")} was used: ` +
        "a fresh environment takes the newest, which may compute something else. " +
        "Write the versions into a requirements.txt beside the notebook, or let Reprise lock them: reprise env lock.",
      predicts: "another version of a package computes something else",
    };
    return;
  }
});
