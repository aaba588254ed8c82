import { cellOf } from "../../dataflow/statement-id.ts";
import { rule } from "../rule.ts";

export const escapesProject = rule("NB302", function* ({ document, surroundings }) {
  const told = new Set<string>();
  for (const { path, statement, range } of document.files) {
    if (path === undefined || told.has(path) || surroundings?.outsideFiles.includes(path) !== true) continue;
    told.add(path);
    yield {
      tier: "hint",
      severity: "warning",
      cell: cellOf(statement),
      range,
      subject: path,
      message:
        `\`${path}\` lies outside of the project's folder: who gets the project does not get it. ` +
        "Put the file into the project, or make the folder a parameter.",
      predicts: `FileNotFoundError: [Errno 2] No such file or directory: '${path}'`,
    };
  }
});
