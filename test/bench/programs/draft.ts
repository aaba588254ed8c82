/** A notebook before anybody has run it. */
export interface Draft {
  /** Where it is from: `table`, `model`, `samples/wine`. */
  readonly origin: string;
  readonly cells: readonly DraftCell[];
  /** Files beside it. */
  readonly files: Readonly<Record<string, string>>;
  /** Rules whose findings are known to be right in it, where running cannot say. */
  readonly known: readonly string[];
}

export interface DraftCell {
  readonly id: string;
  readonly kind: "code" | "markdown";
  readonly source: string;
}
