import { inStatements } from "../clue.ts";

/** Imports at the top level of cells, with the modules that they ask for: `sklearn.svm`, `.helpers`. */
export const importedModules = inStatements((statement) => {
  const { node } = statement;
  if (node.type === "Import") return [{ statement, modules: node.names.map(({ name }) => name) }];
  if (node.type !== "ImportFrom") return [];
  return [{ statement, modules: [`${".".repeat(node.level)}${node.module ?? ""}`] }];
});
