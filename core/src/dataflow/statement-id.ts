/** `3.1` is the second top-level statement of the cell at index 3. */
export type StatementId = `${number}.${number}`;

/** The cell that a statement stands in, by its index in the file. */
export function cellOf(id: StatementId): number {
  return Number.parseInt(id, 10);
}
