import type { ParsedCell } from "../../dataflow/model.ts";
import { joinLines } from "../../notebook/lines.ts";
import type * as ast from "../../python/ast.ts";
import { normalizeName } from "../lock/requirement.ts";
import { distributionOf } from "./needs.ts";

/** A version that the notebook printed when it was run. */
export interface RecordedVersion {
  readonly name: string;
  readonly version: string;
  readonly cell: number;
}

/**
 * Versions in the saved outputs of `print(pd.__version__)` and of a last line `pd.__version__`. A cell counts only if
 * its text outputs hold exactly as many versions as it shows; anything else (f-strings, loops, `pd.show_versions()`,
 * paths in warnings) is not read.
 */
export function recordedVersions(cells: readonly ParsedCell[]): RecordedVersion[] {
  const modules = new Map<string, string>();
  const found: RecordedVersion[] = [];
  for (const { cell, module } of cells) {
    for (const statement of module.body) noteImports(statement, modules);
    const shown = module.body.flatMap((statement, at) => versionsShown(statement, at === module.body.length - 1));
    if (shown.length === 0) continue;
    const printed = textOf(cell.outputs).match(/(?<![\w.])\d+\.\d+(?:\.\w+)*(?:\+\w+)?(?![\w.]*\w)/g) ?? [];
    if (printed.length !== shown.length) continue;
    for (const [at, alias] of shown.entries()) {
      const imported = modules.get(alias);
      const version = printed[at];
      if (imported === undefined || version === undefined) continue;
      found.push({ name: normalizeName(distributionOf({ module: imported, names: [] })), version, cell: cell.index });
    }
  }
  return found;
}

function noteImports(statement: ast.Stmt, modules: Map<string, string>): void {
  if (statement.type !== "Import") return;
  for (const { name, asname } of statement.names) {
    modules.set(
      asname?.name ?? (name.split(".", 1)[0] as string),
      asname === undefined ? (name.split(".", 1)[0] as string) : name,
    );
  }
}

/** Names whose `__version__` a statement prints or displays, in order. */
function versionsShown(statement: ast.Stmt, isLast: boolean): readonly string[] {
  if (statement.type !== "Expr") return [];
  const { value } = statement;
  if (value.type === "Call" && value.func.type === "Name" && value.func.id === "print") {
    return value.args.flatMap(versionOf);
  }
  return isLast ? versionOf(value) : [];
}

function versionOf(expression: ast.Expr): readonly string[] {
  return expression.type === "Attribute" && expression.attr.name === "__version__" && expression.value.type === "Name"
    ? [expression.value.id]
    : [];
}

function textOf(outputs: ParsedCell["cell"]["outputs"]): string {
  return outputs
    .map((output) => {
      const data =
        typeof output.data === "object" && output.data !== null ? (output.data as Record<string, unknown>) : {};
      return joinLines(output.output_type === "stream" ? output.text : data["text/plain"]) ?? "";
    })
    .join("\n");
}
