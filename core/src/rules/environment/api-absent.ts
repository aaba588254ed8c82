import type { AnalysedCell, Dataflow } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { Analysis } from "../analysis.ts";
import { perText } from "../remembered.ts";
import { rule, sourceRange } from "../rule.ts";
import { type RemovedApi, removedApis } from "./removed-apis.ts";
import { spacedMagics } from "./spaced-magic.ts";

const byName = new Map(removedApis.map((api) => [api.name, api]));

export const apiAbsent = rule("NB405", function* (analysis) {
  const names = importedNames(analysis.document);
  const told = new Set<string>();
  for (const cell of analysis.document.cells) {
    yield* spacedMagics(cell);
    for (const { api, node } of usesIn(cell, names)) {
      const version = versionWithout(analysis, api);
      if (version === undefined || told.has(api.name)) continue;
      told.add(api.name);
      yield {
        tier: "hint",
        severity: "warning",
        cell: cell.cell.index,
        range: sourceRange(cell, node),
        subject: api.name,
        message:
          `\`${api.name}\` is gone since version ${api.since}, and ${version}: the call fails there. ` +
          `Use ${api.instead} instead, or pin a version below ${api.since}.`,
        predicts: `AttributeError or ImportError: ${api.name}`,
      };
    }
  }
});

/** Why the notebook will meet a version without it; absent where an older one may be meant. */
function versionWithout({ versions, unpinned }: Analysis, { name, since }: RemovedApi): string | undefined {
  const library = name.split(".", 1)[0] as string;
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

/** The last part of each name: what does not end in one of them is none of them. */
const ends = new Set(removedApis.map(({ name }) => name.slice(name.lastIndexOf(".") + 1)));

const candidatesIn = perText((cell) =>
  [...walk(cell.module)]
    .map(({ node }) => node)
    .filter(
      (node) =>
        node.type === "Import" || node.type === "ImportFrom" || (node.type === "Attribute" && ends.has(node.attr.name)),
    ),
);

function* usesIn(
  cell: AnalysedCell,
  names: ReadonlyMap<string, string>,
): Generator<{ api: RemovedApi; node: ast.Stmt | ast.Expr }> {
  for (const { calls } of cell.statements) {
    for (const { callee, node } of calls) {
      const api = byName.get(callee ?? "");
      if (api !== undefined) yield { api, node };
    }
  }
  for (const node of candidatesIn(cell)) {
    if (node.type === "ImportFrom" && node.level === 0) {
      for (const { name } of node.names) {
        const api = byName.get(`${node.module ?? ""}.${name}`) ?? byName.get(node.module ?? "");
        if (api !== undefined) yield { api, node };
      }
    } else if (node.type === "Import") {
      for (const { name } of node.names) {
        const api = byName.get(name);
        if (api !== undefined) yield { api, node };
      }
    } else if (node.type === "Attribute") {
      const api = byName.get(dotted(node, names) ?? "");
      if (api !== undefined) yield { api, node };
    }
  }
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
