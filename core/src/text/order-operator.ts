/** What Python's operators of comparison say of two things, by their order: negative where the left one is less. */
const byOrder: Readonly<Record<string, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
  "==": (order) => order === 0,
  "!=": (order) => order !== 0,
};

/** Whether `left operator right` holds; undefined for another operator. */
export function holdsByOrder(operator: string, order: number): boolean | undefined {
  return Object.hasOwn(byOrder, operator) ? byOrder[operator]?.(order) : undefined;
}
