/** A stretch of the text that was parsed, from `start` up to `end`, which is excluded: UTF-16 offsets. */
export interface Node {
  readonly start: number;
  readonly end: number;
}

/** A name where it is not an expression: of a definition, an attribute, an argument. */
export interface Identifier extends Node {
  readonly name: string;
}
