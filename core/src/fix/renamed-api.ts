import type { Dataflow } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { givenValue } from "../rules/environment/removal.ts";
import { removalsUsed } from "../rules/environment/removals-used.ts";
import type { RemovedApi } from "../rules/environment/removed-apis.ts";
import type { RemovedArgument } from "../rules/environment/removed-arguments.ts";
import type { RemovedValue } from "../rules/environment/removed-values.ts";
import type { Edit } from "../rules/finding.ts";
import { sourceRange } from "../rules/rule.ts";
import type { Span } from "../text/position.ts";
import type { Fixer } from "./fixer.ts";

/** What a library renamed gets its new name, everywhere: `np.NaN` becomes `np.nan`, `df.drop("a", 1)` `df.drop("a", axis=1)`. */
export const renamedApi: Fixer = ({ document }, { subject }) => {
  const uses = [...removalsUsed(document)].filter(({ removal }) => removal.subject === subject);
  const found = uses.map(({ removal, cell, node }) => ({ cell, changes: changesFor(removal.row, node, document) }));
  if (uses.length === 0 || found.some(({ changes }) => changes === undefined)) return undefined;
  const edits = new Map<string, Edit>();
  for (const { cell, changes } of found) {
    // A call and what is called are two uses of one place.
    for (const { span, text } of changes ?? []) {
      const index = cell.translation.cell;
      edits.set(`${index} ${span.start}`, { cell: index, range: sourceRange(cell, span), text });
    }
  }
  const texts = new Set([...edits.values()].map(({ text }) => text));
  return { id: "rename-api", title: `Write ${[...texts].join(", ")}`, edits: [...edits.values()] };
};

interface Change {
  readonly span: Span;
  readonly text: string;
}

/** What to write at a use; undefined where the row knows no new name, or not for this use. */
function changesFor(
  row: RemovedApi | RemovedArgument | RemovedValue,
  node: ast.Stmt | ast.Expr,
  document: Dataflow,
): readonly Change[] | undefined {
  if ("keyword" in row) return node.type === "Call" ? keywordChanges(node, row.keyword, row.now) : undefined;
  if ("positional" in row)
    return node.type === "Call" ? placeChanges(node, row.positional, row.named ?? []) : undefined;
  if ("value" in row) return node.type === "Call" ? valueChanges(node, row) : undefined;
  if (row.now === undefined) return undefined;
  if (node.type === "ImportFrom") return importChanges(node, row, row.now);
  const used = node.type === "Call" ? node.func : node;
  // A bare name was imported: its import is a use too, and goes on binding it.
  if (used.type === "Name") return [];
  return used.type === "Attribute" ? attributeChanges(used, row, row.now, document) : undefined;
}

function keywordChanges({ keywords }: ast.Call, old: string, now: string | undefined): readonly Change[] | undefined {
  const arg = keywords.find((each) => each.arg?.name === old)?.arg;
  return arg === undefined || now === undefined ? undefined : [{ span: arg, text: now }];
}

/** The new value for the old one, with the number that stands before it: `"2ME"` for `"2M"`. */
function valueChanges(call: ast.Call, row: RemovedValue): readonly Change[] {
  const given = givenValue(call, row);
  if (given === undefined) return [];
  const count = row.counted === true ? (/^-?\d+/.exec(String(given.value))?.[0] ?? "") : "";
  return [{ span: given, text: count === "" ? row.now : row.now.replace('"', `"${count}`) }];
}

/** Names in front of the arguments that can no longer stand by their place; nothing where one has no name. */
function placeChanges(
  { args }: ast.Call,
  positional: number,
  named: readonly (string | undefined)[],
): readonly Change[] | undefined {
  if (args.some(({ type }) => type === "Starred") || args.length > named.length) return undefined;
  const changes = args.flatMap(({ start }, at) => {
    const name = named[at];
    return name === undefined ? [] : [{ span: { start, end: start }, text: `${name}=` }];
  });
  return changes.length < args.length - positional ? undefined : changes;
}

/** A builtin for the whole of it, or another name below the same module or class. */
function attributeChanges(
  node: ast.Attribute,
  { name }: RemovedApi,
  now: string,
  document: Dataflow,
): readonly Change[] | undefined {
  if (!now.includes(".")) return isBuiltin(now, document) ? [{ span: node, text: now }] : undefined;
  const owner = name.slice(0, name.lastIndexOf(".") + 1);
  return now.startsWith(owner) ? [{ span: node.attr, text: now.slice(owner.length) }] : undefined;
}

/** Whether the notebook has no other meaning for the name. */
function isBuiltin(name: string, { statements }: Dataflow): boolean {
  return !statements.some(({ accesses }) => accesses.some(({ kind, place }) => kind === "bind" && place.name === name));
}

/** The same names from where they are now, bound as before. */
function importChanges(node: ast.ImportFrom, row: RemovedApi, now: string): readonly Change[] | undefined {
  const own = `${node.module}.`;
  const wanted = node.names.map(({ name }) => `${own}${name}`);
  const isModule = row.name === node.module;
  if (isModule) {
    const isKnown = node.names.every(({ name }) => row.names === undefined || row.names.includes(name));
    return isKnown ? [importOf(node, now, node.names)] : undefined;
  }
  const [only] = node.names;
  if (only === undefined || wanted.length > 1 || wanted[0] !== row.name) return undefined;
  const bound = only.asname?.name ?? only.name;
  const dot = now.lastIndexOf(".");
  if (dot < 0) return [{ span: node, text: bound === now ? `import ${now}` : `import ${now} as ${bound}` }];
  const [module, name] = [now.slice(0, dot), now.slice(dot + 1)];
  return [{ span: node, text: `from ${module} import ${name}${bound === name ? "" : ` as ${bound}`}` }];
}

function importOf(node: ast.ImportFrom, module: string, names: readonly ast.Alias[]): Change {
  const list = names.map(({ name, asname }) => (asname === undefined ? name : `${name} as ${asname.name}`)).join(", ");
  return { span: node, text: `from ${module} import ${list}` };
}
