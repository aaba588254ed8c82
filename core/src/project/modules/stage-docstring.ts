import type { Stage } from "../../plan/plan.ts";
import { cellList } from "../../text/cell-list.ts";
import { fileName } from "../../text/file-name.ts";
import type { ProjectContext } from "../context.ts";
import { docstringLine, docstringText } from "../docstring.ts";
import { proseOfStage } from "../pages/prose.ts";
import { wrapped } from "../pages/prose-lines.ts";

/** Where the stage comes from, and what the author wrote above it. */
export function docstring(context: ProjectContext, stage: Stage): readonly string[] {
  const cells = cellList(stage.statements.map((id) => context.source.statement(id).cell.cell.index));
  const from = `From ${cells} of ${docstringText(fileName(context.plan.notebook.path))}.`;
  const prose = wrapped(proseOfStage(context.prose, stage, context.plan).whole, 110);
  if (prose.length === 0) return [`    """${from}"""`];
  const lines = prose.map((line) => (line === "" ? "" : `    ${docstringLine(line)}`));
  const head = (lines[0] as string).trim();
  return [
    `    """${head}${/[.!?:,;]$/.test(head) || (lines.length > 1 && lines[1] !== "") ? "" : "."}`,
    ...lines.slice(1),
    "",
    `    ${from}`,
    '    """',
  ];
}
