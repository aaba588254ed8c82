import type { AnalysedCell, Dataflow } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { Analysis } from "../analysis.ts";
import { perText } from "../remembered.ts";
import { rule, sourceRange } from "../rule.ts";
import { type Removal, removedApi, removedEnds, removedFromCall } from "./removal.ts";
import { spacedMagics } from "./spaced-magic.ts";

export const apiAbsent = rule("NB405", function* (analysis) {
  const names = importedNames(analysis.document);
  const told = new Set<string>();
  for (const cell of analysis.document.cells) {
    yield* spacedMagics(cell);
    for (const { removal, node } of usesIn(cell, names)) {
      const { subject, what, since, instead, errors } = removal;
      const version = versionWithout(analysis, removal);
      if (version === undefined || told.has(subject)) continue;
      told.add(subject);
      yield {
        tier: "hint",
        severity: "warning",
        cell: cell.cell.index,
        range: sourceRange(cell, node),
        subject,
        message:
          `${what} since version ${since}, and ${version}: the call fails there. ` +
          `Use ${instead} instead, or pin a version below ${since}.`,
        predicts: `${errors}: ${subject}`,
      };
    }
  }
});

/** Why the notebook will meet a version without it; absent where an older one may be meant. */
function versionWithout({ versions, unpinned }: Analysis, { library, since }: Removal): string | undefined {
  const version = versions !== undefined && Object.hasOwn(versions, library) ? versions[library] : undefined;
  if (version !== undefined) return isAtLeast(version, since) ? `the environment has ${version}` : undefined;
  return unpinned?.includes(library) === true ? "nothing pins an older one" : undefined;
}

function isAtLeast(version: string, since: string): boolean {
  const [one, other] = [version, since].map((text) => text.split(".").map((part) => Number.parseInt(part, 10) || 0));
  for (const [index, wanted] of (other ?? []).entries()) {
    const has = one?.[index] ?? 0;
    if (has !== wanted) return has > wanted;
  }
  return true;
}

/** What the names of imports stand for: `np` for `numpy`. */
function importedNames({ statements }: Dataflow): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { node } of statements) {
    if (node.type === "Import") {
      for (const { name, asname } of node.names) {
        const top = name.split(".", 1)[0] as string;
        if (asname === undefined) names.set(top, top);
        else names.set(asname.name, name);
      }
    }
  }
  return names;
}

const candidatesIn = perText((cell) =>
  [...walk(cell.module)].flatMap(({ node }) =>
    node.type === "Import" ||
    node.type === "ImportFrom" ||
    (node.type === "Attribute" && removedEnds.has(node.attr.name))
      ? [node]
      : [],
  ),
);

interface Use {
  readonly removal: Removal;
  readonly node: ast.Stmt | ast.Expr;
}

function* usesIn(cell: AnalysedCell, names: ReadonlyMap<string, string>): Generator<Use> {
  for (const { calls } of cell.statements) {
    for (const { callee, node } of calls) {
      for (const removal of [removedApi(callee) ?? [], removedFromCall(callee, node)].flat()) yield { removal, node };
    }
  }
  for (const node of candidatesIn(cell)) {
    const removals =
      node.type === "Attribute"
        ? [removedApi(dotted(node, names))]
        : importsOf(node).map((each) => removedImport(each));
    for (const removal of removals) if (removal !== undefined) yield { removal, node };
  }
}

/** The qualified names that an import asks for. */
function importsOf(node: ast.Import | ast.ImportFrom): readonly string[] {
  if (node.type === "Import") return node.names.map(({ name }) => name);
  if (node.level > 0) return [];
  return node.names.map(({ name }) => `${node.module ?? ""}.${name}`);
}

/** What an import asks for, or a module on the way to it, if it is gone. */
function removedImport(name: string): Removal | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
    const removal = removedApi(name.slice(0, end));
    if (removal !== undefined) return removal;
  }
  return undefined;
}

/** `numpy.float` for `np.float`; at most four names, no table row has more. */
function dotted(node: ast.Attribute, names: ReadonlyMap<string, string>): string | undefined {
  const parts: string[] = [];
  let at: ast.Expr = node;
  for (let depth = 0; at.type === "Attribute" && depth < 4; depth++) {
    parts.unshift(at.attr.name);
    at = at.value;
  }
  const root = at.type === "Name" ? names.get(at.id) : undefined;
  return root === undefined ? undefined : [root, ...parts].join(".");
}
