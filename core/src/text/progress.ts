/** Told while long work goes on, so that a face can show it. Never awaited, must not throw. */
export type ProgressListener = (event: ProgressEvent) => void;

export interface ProgressEvent {
  /** What is going on: `Installing 34 packages`. */
  readonly task: string;
  /** The newest line about it. */
  readonly detail?: string;
  readonly done?: number;
  readonly total?: number;
}
