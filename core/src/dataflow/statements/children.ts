/** The nodes directly inside a node of the syntax tree, in the order of its fields. */
export function childrenOf(node: object): object[] {
  const children: object[] = [];
  for (const field of Object.values(node)) {
    if (typeof field !== "object" || field === null) continue;
    if (Array.isArray(field)) {
      for (const child of field) if (typeof child === "object" && child !== null) children.push(child);
    } else children.push(field);
  }
  return children;
}
