/**
 * A piece of a notebook with holes. `<list>` is a variable of that kind that exists, `<+list>` a new one (or an old one,
 * bound anew), `<-list>` one that is gone afterwards; `<a:list>` and `<+a:list>` give it a label, and `<a>` is the same
 * variable again. `<n>` is a small number, `<file>` a new file's name. Statements are parted by lines of `---`.
 */
export type Fragment = string;

export interface Theme {
  readonly name: string;
  /** What the fragments need: imports, and variables to begin with. */
  readonly opening: readonly Fragment[];
  readonly fragments: readonly Fragment[];
}
