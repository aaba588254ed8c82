import type * as ast from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import { walk } from "../../python/walk.ts";
import { at, type Bench, kept } from "../bench.ts";
import { globalUses } from "../definitions/name-uses.ts";
import type { Facts } from "../facts.ts";
import { assignedName } from "../statement-kinds.ts";
import { type ConfigTable, type Entry, isPlain, isTableName } from "./config-table.ts";
import { isInside, lateSpans } from "./late-code.ts";
import { codeInWorkers, startsWorkers } from "./worker-code.ts";

/** Names that the package has for something of its own. */
const taken = /^params$/i;

/**
 * The classes in modules that are nothing but tables of parameters. Their attributes are set before a stage begins
 * (settings.py), so that whoever reads `CFG.lr` finds the value of the run. Left out is an attribute that code reads
 * earlier, when its module is imported, or in processes where nobody sets it.
 */
export function configClasses(bench: Bench): readonly ConfigTable[] {
  const candidates = at(bench, "definition").flatMap((facts) => candidate(facts) ?? []);
  if (candidates.length === 0) return [];
  const inWorkers = startsWorkers(bench) ? codeInWorkers(bench) : undefined;
  return candidates.flatMap(({ facts, name, entries }) => {
    const fixed = fixedAttributes(bench, name, inWorkers);
    return fixed === "all" ? [] : [{ facts, name, entries: entries.filter(({ key }) => !fixed.has(key)) }];
  });
}

function candidate(facts: Facts): ConfigTable | undefined {
  const { node } = facts.statement;
  if (node.type !== "ClassDef" || !isTableName(node.name.name) || taken.test(node.name.name)) return undefined;
  if (node.bases.length + node.keywords.length + node.decorator_list.length > 0) return undefined;
  if (!node.body.every(isFieldOrText)) return undefined;
  const read = new Set(walk(node).flatMap(({ node: part }) => (part.type === "Name" ? [part] : [])));
  const bound = Map.groupBy(read, ({ id }) => id);
  const entries = node.body.flatMap((part): Entry[] => {
    const assigned = assignedName(part);
    // One that the class itself reads is what others are made of; of one that is bound twice the last counts.
    if (assigned === undefined || !isPlain(assigned.value) || bound.get(assigned.target.id)?.length !== 1) return [];
    return isFinal(part) ? [] : [{ key: assigned.target.id, value: assigned.value, node: part }];
  });
  return { facts, name: node.name.name, entries };
}

function isFieldOrText(node: ast.Stmt): boolean {
  return node.type === "Pass" || node.type === "Expr" || assignedName(node) !== undefined;
}

function isFinal(node: ast.Stmt): boolean {
  return (
    node.type === "AnnAssign" &&
    walk(node.annotation).some(
      ({ node: part }) =>
        (part.type === "Name" && part.id === "Final") || (part.type === "Attribute" && part.attr.name === "Final"),
    )
  );
}

/** The attributes of a class that code reads where no run's values are; `all` where it may be any of them. */
function fixedAttributes(
  bench: Bench,
  name: string,
  inWorkers: ReadonlySet<Facts> | undefined,
): ReadonlySet<string> | "all" {
  const fixed = new Set<string>();
  for (const facts of kept(bench)) {
    const { node } = facts.statement;
    const uses = globalUses(node, new Set([name]));
    if (uses.length === 0) continue;
    const attributes = attributesOf(node);
    const defaults = defaultsIn(node);
    const late = lateSpans(node);
    const isImported = inModule(bench, facts);
    for (const use of uses) {
      const isEarly = isImported && !isInside(use, late);
      const isElsewhere = inWorkers !== undefined && (isImported ? inWorkers.has(facts) : isInside(use, late));
      const attribute = attributes.get(use);
      if (attribute !== undefined && (isEarly || isElsewhere)) fixed.add(attribute);
      if (attribute === undefined && (inWorkers !== undefined || (isEarly && !defaults.has(use)))) return "all";
    }
  }
  return fixed;
}

function inModule({ homes }: Bench, { id }: Facts): boolean {
  const home = homes.get(id);
  return home === "definition" || home === "constant" || home === "import";
}

/** Of each name in a statement whose attribute is asked for, which. */
function attributesOf(statement: ast.Stmt): ReadonlyMap<ast.Expr, string> {
  return new Map(
    walk(statement).flatMap(({ node }) => (node.type === "Attribute" ? [[node.value, node.attr.name] as const] : [])),
  );
}

/** Defaults of functions: a class that is one is the same class whatever its attributes are by then. */
function defaultsIn(statement: ast.Stmt): ReadonlySet<ast.Expr> {
  return new Set(
    walk(statement).flatMap(({ node }) => {
      if (!isFunction(node)) return [];
      const { posonlyargs, args, kwonlyargs } = node.args;
      return [...posonlyargs, ...args, ...kwonlyargs].flatMap((each) => each.default ?? []);
    }),
  );
}
