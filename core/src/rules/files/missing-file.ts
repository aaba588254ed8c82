import { cellOf } from "../../dataflow/statement-id.ts";
import { rule } from "../rule.ts";
import { isDatabase } from "./databases.ts";

export const missingFile = rule("NB304", function* ({ document, surroundings }) {
  const told = new Set<string>();
  for (const file of document.files) {
    const { use, path, statement, range } = file;
    if (use !== "read" || path === undefined || told.has(path) || surroundings?.missingFiles.includes(path) !== true)
      continue;
    told.add(path);
    const isTables = isDatabase(document, file);
    yield {
      tier: "hint",
      severity: "warning",
      cell: cellOf(statement),
      range,
      subject: path,
      message:
        `There is no \`${path}\` beside the notebook, and no cell writes it: a fresh run ` +
        `${isTables ? "opens an empty database, and stops at the first query" : "stops here"}. ` +
        "Put the file there, or correct the path; say in the notebook where the file comes from.",
      predicts: isTables
        ? "OperationalError: no such table"
        : `FileNotFoundError: [Errno 2] No such file or directory: '${path}'`,
    };
  }
});
