import type { NameInScope, Scope } from "../../../core/src/python/scope.ts";

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
  for (const child of scope.children) {
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
      const isCaptured = children.some((child) => child.names[name]?.home === "free");
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

function isInlined(scope: Scope): boolean {
  return scope.kind === "comprehension" && scope.name !== "genexpr";
}
