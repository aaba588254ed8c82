import type { Table } from "./as-symtable.ts";

/**
 * From Python 3.14 on annotations are blocks of their own, which run when somebody asks for them (PEP 649). Here what
 * they read stands where it stands in the text, as it does for older versions, so that it is compared all the same.
 */
export function withAnnotationsInPlace(table: Table): Table {
  const names: Record<string, Table["names"][string]> = { ...table.names };
  const children: Table[] = [];
  for (const child of table.children) {
    if (child.kind !== "annotation") {
      children.push(withAnnotationsInPlace(child));
      continue;
    }
    const inner = withAnnotationsInPlace(child);
    children.push(...inner.children);
    for (const [name, symbol] of Object.entries(inner.names)) {
      if (symbol.isParameter) continue;
      const known = names[name];
      const here = known ?? { ...symbol, home: symbol.home };
      names[name] = { ...here, isReferenced: here.isReferenced || symbol.isReferenced };
    }
  }
  for (const [name, symbol] of Object.entries(names)) {
    const isCaptured = children.some((child) => child.names[name]?.home === "free");
    if (symbol.home === "cell" && !isCaptured) names[name] = { ...symbol, home: "local" };
  }
  return { ...table, names, children };
}

/** From 3.14 on nothing reads the annotations of a function's own variables: what stands only there is in no table. */
export function withoutLocalAnnotations(ours: Table, theirs: Table): Table {
  const isRead = ([name, symbol]: [string, Table["names"][string]]) =>
    ours.kind !== "function" ||
    theirs.names[name] !== undefined ||
    Object.entries(symbol).some(([flag, value]) => value === true && flag !== "isReferenced");
  return {
    ...ours,
    names: Object.fromEntries(Object.entries(ours.names).filter(isRead)),
    children: ours.children.map((child, at) => {
      const other = theirs.children[at];
      return other === undefined ? child : withoutLocalAnnotations(child, other);
    }),
  };
}
