import type { Entry } from "../incremental/journal.ts";
import type { AbstractObject } from "./objects.ts";

/** One object holds another from a position on: an entry of the journal. */
export class Held implements Entry {
  readonly owner: AbstractObject;
  readonly #field: string;
  readonly held: AbstractObject;
  readonly #since: number;

  constructor(owner: AbstractObject, field: string, held: AbstractObject, since: number) {
    this.owner = owner;
    this.#field = field;
    this.held = held;
    this.#since = since;
  }

  undo(): void {
    this.owner.unlink(this.#field, this.held);
  }

  redo(): void {
    this.owner.link(this.#field, this.held, this.#since);
  }

  isLike(other: Entry): boolean {
    return (
      other instanceof Held &&
      other.owner === this.owner &&
      other.#field === this.#field &&
      other.held === this.held &&
      other.#since === this.#since
    );
  }
}
