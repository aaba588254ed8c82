/** What a cell of the notebook really did, as the kernel tells it. */
export interface ObservedCell {
  readonly cell: number;
  /** Names whose value is another one than before the cell; those that it made first are none. */
  readonly changed: readonly string[];
  /** The object of the first, which can change, is the second's or inside it, when the cell has ended. */
  readonly shared: readonly (readonly [name: string, holder: string])[];
  /** Absolute paths inside the engine. */
  readonly opened: readonly (readonly [path: string, use: "read" | "write"])[];
  /** False where there was no time to look at the values. */
  readonly complete: boolean;
}

export const observedMime = "application/x-reprise-observed";
