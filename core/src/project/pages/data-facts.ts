/** What is known of a file that the notebook reads, without running anything. */
export interface DataFileFacts {
  /** As the notebook names it. */
  readonly path: string;
  readonly bytes: number;
  /** Absent for one that is too large to be read just for this. */
  readonly sha256?: string;
  /** Of a table in text form: the names in its first line, and how many lines come after it. */
  readonly columns?: readonly string[];
  readonly rows?: number;
}
