import type { NameInScope, Scope } from "../../../core/src/python/scope.ts";
import { walk } from "../../../core/src/python/walk.ts";

/** What dump_symtable.py writes of a block. */
export interface Table {
  readonly kind: string;
  readonly name: string;
  readonly names: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly children: readonly Table[];
}

const kinds: Partial<Record<Scope["kind"], string>> = { comprehension: "function", lambda: "function" };

/** Our scopes in the shape of the symbol tables of Python 3.`minor`. */
export function asSymtable(scope: Scope, minor: number): Table {
  const names = new Map<string, Omit<NameInScope, "isAnnotated">>();
  for (const [name, { isAnnotated: _, ...use }] of scope.names) names.set(name, use);
  const children: Table[] = [];
  for (const child of minor < 13 ? scope.children : withHandlersFirst(scope)) {
    const table = asSymtable(child, minor);
    if (minor < 12 || !isInlined(child)) children.push(table);
    else {
      // Since Python 3.12 (PEP 709) the names of a comprehension stand in the table of the block around it.
      children.push(...table.children);
      for (const [name, use] of Object.entries(table.names)) {
        if (name === ".0") continue;
        const known = names.get(name);
        // A name that the block only passes on to the comprehension was not in its own table before.
        const isPassedOn =
          known !== undefined && Object.values(known).every((flag) => flag === "free" || flag === false);
        if (known === undefined || isPassedOn) names.set(name, use as unknown as NameInScope);
      }
    }
  }
  if (minor >= 12) {
    for (const [name, use] of names) {
      const isCaptured = children.some((child) => captures(child, name));
      if (use.home === "cell" && !isCaptured) names.set(name, { ...use, home: "local" });
    }
  }
  return {
    kind: kinds[scope.kind] ?? scope.kind,
    name: scope.name,
    names: Object.fromEntries(names),
    children,
  };
}

/** From Python 3.13 on the blocks of `except` clauses stand before those of `else`, as in the text. */
function withHandlersFirst({ node, children }: Scope): readonly Scope[] {
  let blocks = children;
  for (const { node: statement } of walk(node)) {
    if (statement.type !== "Try" && statement.type !== "TryStar") continue;
    const handlers = statement.handlers[0];
    const orelse = statement.orelse[0];
    if (handlers === undefined || orelse === undefined) continue;
    const end = statement.orelse.at(-1)?.end ?? orelse.end;
    const isBetween = ({ node: { start } }: Scope, from: number, to: number) => start >= from && start < to;
    const first = blocks.findIndex((block) => isBetween(block, handlers.start, end));
    const some = blocks.filter((block) => isBetween(block, handlers.start, end));
    if (some.length === 0) continue;
    const sorted = [
      ...some.filter((block) => isBetween(block, handlers.start, orelse.start)),
      ...some.filter((block) => isBetween(block, orelse.start, end)),
    ];
    blocks = [...blocks.slice(0, first), ...sorted, ...blocks.slice(first + some.length)];
  }
  return blocks;
}

/** Whether a block reads a name of those around it; what a class binds, its methods do not see. */
function captures(table: Table, name: string): boolean {
  if (table.names[name]?.home === "free") return true;
  return table.kind === "class" && table.children.some((child) => captures(child, name));
}

function isInlined(scope: Scope): boolean {
  return scope.kind === "comprehension" && scope.name !== "genexpr";
}
