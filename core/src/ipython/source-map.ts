/** Text made of pieces of another text and of pieces put in place of others, with the way back. Pieces never cross. */
export class MappedText {
  readonly #source: string;
  readonly #pieces: string[] = [];
  readonly #segments: Segment[] = [];
  #length = 0;
  #done = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** How long the text is that was made so far. */
  get length(): number {
    return this.#length;
  }

  /** How far the source was taken over, replaced or left out. */
  get done(): number {
    return this.#done;
  }

  /** Leaves the source out up to an offset. */
  leaveOut(end: number): void {
    this.#done = Math.max(this.#done, end);
  }

  /** Takes a piece of the source over as it is. */
  copy(start: number, end: number): void {
    if (end > start) this.#add(this.#source.slice(start, end), start, end, true);
  }

  /** Puts `text`, which is not empty, in place of a piece of the source. What is neither copied nor replaced is left out. */
  replace(start: number, end: number, text: string): void {
    this.#add(text, start, end, false);
  }

  text(): string {
    return this.#pieces.join("");
  }

  map(): SourceMap {
    return new SourceMap(this.#segments, this.#length, this.#source.length);
  }

  #add(text: string, start: number, end: number, exact: boolean): void {
    const made = this.#length;
    this.leaveOut(end);
    this.#pieces.push(text);
    this.#length += text.length;
    const last = this.#segments.at(-1);
    if (exact && last?.exact && last.sourceEnd === start) {
      last.sourceEnd = end;
      last.madeEnd = this.#length;
    } else {
      this.#segments.push({ made, madeEnd: this.#length, source: start, sourceEnd: end, exact });
    }
  }
}

interface Segment {
  readonly made: number;
  madeEnd: number;
  readonly source: number;
  sourceEnd: number;
  readonly exact: boolean;
}

/** Offsets of a text to offsets of what it was made from, and back. Both ways are monotone and never throw. */
export class SourceMap {
  readonly #segments: readonly Segment[];
  readonly #madeLength: number;
  readonly #sourceLength: number;

  constructor(segments: readonly Segment[], madeLength: number, sourceLength: number) {
    this.#segments = segments;
    this.#madeLength = madeLength;
    this.#sourceLength = sourceLength;
  }

  /** Inside text that was put in place of a piece, the start of that piece. */
  toSource(offset: number): number {
    if (offset >= this.#madeLength) return this.#segments.at(-1)?.sourceEnd ?? this.#sourceLength;
    const segment = this.#segments[lastAtOrBefore(this.#segments, "made", offset)];
    if (segment === undefined) return 0;
    return segment.exact ? segment.source + Math.max(offset, 0) - segment.made : segment.source;
  }

  /** For a piece that was left out or replaced, where what stands in its place begins. */
  toMade(offset: number): number {
    const segment = this.#segments[lastAtOrBefore(this.#segments, "source", offset)];
    if (segment === undefined) return 0;
    if (offset >= segment.sourceEnd) return segment.madeEnd;
    return segment.exact ? segment.made + offset - segment.source : segment.made;
  }
}

/** The index of the last segment that begins at or before an offset, -1 where there is none. */
function lastAtOrBefore(segments: readonly Segment[], side: "made" | "source", offset: number): number {
  let low = -1;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle] as Segment)[side] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
