import type * as ast from "../python/ast.ts";
import { LineIndex, type Range, type Span } from "../text/position.ts";
import { type Journal, Note } from "./incremental/journal.ts";
import type {
  Access,
  AnalysedCell,
  CallSite,
  Edge,
  EdgeKind,
  FileAccess,
  FolderMaking,
  PathStep,
  RandomUse,
  Statement,
  StatementId,
} from "./model.ts";
import type { Binding } from "./names/frame.ts";

/** A statement while it is analysed. */
export interface StatementDraft {
  readonly id: StatementId;
  readonly cell: AnalysedCell;
  readonly ordinal: number;
  readonly node: ast.Stmt;
  /** Names whose objects it changes by that name; reached otherwise, the edge is of kind `alias`. */
  readonly changedByName: Set<string>;
  /** Objects that it changes where it runs, which is not only assumed for want of knowledge. */
  readonly knownChanges: Set<object>;
  accesses: Access[];
  undefinedReads: Access[];
  calls: CallSite[];
  readonly setUp: Set<string>;
  readonly configures: Set<string>;
  readonly consults: Set<string>;
  /** Edges that end at it, by where they come from, their kind and name. */
  readonly edges: Map<string, Edge>;
  /** They alone, when it is done. */
  needs: readonly Edge[];
  /** It, as others see it. */
  statement: Statement | undefined;
  readonly files: FileAccess[];
  readonly folders: FolderMaking[];
  /** Earlier statements that read what it writes. */
  readonly overwrites: Set<StatementId>;
  readonly randomness: RandomUse[];
  /** What it bound the globals to that it touched. */
  bound: readonly (readonly [name: string, binding: Binding])[];
}

export interface AccessFacts {
  readonly kind: Access["kind"];
  readonly name: string;
  readonly path: readonly PathStep[];
  readonly must: boolean;
  readonly span: Span;
  readonly through?: string | undefined;
  readonly alias?: string | undefined;
  readonly why?: string | undefined;
}

/** Collects what the statements do; knows nothing of Python. */
export class Recorder {
  /** By position; there may be gaps between those of two cells. */
  readonly drafts: StatementDraft[] = [];
  readonly #lines = new WeakMap<AnalysedCell, LineIndex>();
  readonly #accesses = new Map<string, Access>();
  readonly #calls = new Map<ast.Call, CallSite>();
  readonly #undefined = new Map<string, Access>();
  /** Cleared while something is tried that the notebook does not do itself. */
  enabled = true;

  #draft: StatementDraft | undefined;
  readonly #journal: Journal | undefined;

  constructor(journal?: Journal) {
    this.#journal = journal;
  }

  /** The statement that is analysed. */
  get draft(): StatementDraft {
    return this.#draft as StatementDraft;
  }

  begin(position: number, cell: AnalysedCell, id: StatementId, ordinal: number, node: ast.Stmt): void {
    this.#accesses.clear();
    this.#calls.clear();
    this.#undefined.clear();
    this.#draft = {
      id,
      cell,
      ordinal,
      node,
      changedByName: new Set(),
      knownChanges: new Set(),
      accesses: [],
      undefinedReads: [],
      calls: [],
      setUp: new Set(),
      configures: new Set(),
      consults: new Set(),
      edges: new Map(),
      needs: [],
      statement: undefined,
      files: [],
      folders: [],
      overwrites: new Set(),
      randomness: [],
      bound: [],
    };
    this.drafts[position] = this.#draft;
  }

  /** The statement is done; `isBoundForSure` says of a name whether the statement binds it on every path. */
  finish(bound: StatementDraft["bound"], isBoundForSure: (name: string) => boolean): void {
    const draft = this.draft;
    draft.bound = bound;
    draft.accesses = [...this.#accesses.values()].map((access) =>
      access.kind === "bind" && access.certainty === "may" && isBoundForSure(access.place.name)
        ? { ...access, certainty: "must" }
        : access,
    );
    draft.undefinedReads = [...this.#undefined.values()];
    draft.calls = [...this.#calls.values()];
    draft.needs = [...draft.edges.values()];
  }

  access(facts: AccessFacts): void {
    if (!this.enabled) return;
    this.#record(this.#accesses, facts);
    if (facts.kind === "change" && facts.alias === undefined) {
      const { changedByName } = this.draft;
      // Who reads the name later tells by it how the change was made.
      if (!changedByName.has(facts.name)) this.#journal?.entries.push(new Note(facts.name, "changed by name"));
      changedByName.add(facts.name);
    }
  }

  /** The statement changes an object, as its code or a table says. */
  knownChange(object: object): void {
    const { knownChanges } = this.draft;
    if (!this.enabled || knownChanges.has(object)) return;
    // Who depends on the object later tells by it how sure that is.
    this.#journal?.entries.push(new Note(object, "known to change"));
    knownChanges.add(object);
  }

  undefinedRead(facts: AccessFacts): void {
    if (this.enabled) this.#record(this.#undefined, facts);
  }

  edge(from: number, to: number, kind: EdgeKind, name: string, must: boolean, why?: string): void {
    if (from === to || !this.enabled) return;
    const { edges } = this.drafts[to] as StatementDraft;
    const key = `${from} ${kind} ${name}`;
    const known = edges.get(key);
    if (known !== undefined && (known.certainty === "must" || !must)) return;
    edges.set(key, {
      from: (this.drafts[from] as StatementDraft).id,
      to: (this.drafts[to] as StatementDraft).id,
      kind,
      name,
      certainty: must ? "must" : "may",
      ...(why === undefined ? {} : { why }),
    });
  }

  /** A call that the statement makes itself. Seen again (in a loop), the better resolved of the two counts. */
  call(site: CallSite): void {
    if (!this.enabled) return;
    const known = this.#calls.get(site.node);
    if (known?.callee !== undefined && site.callee === undefined) return;
    this.#calls.set(site.node, site);
  }

  /** The statement sets up a library for the whole process. */
  setsUp(library: string): void {
    if (this.enabled) this.draft.setUp.add(library);
  }

  /** The statement assigns an attribute in a library. */
  configures(qualified: string): void {
    if (this.enabled) this.draft.configures.add(qualified);
  }

  /** The statement may ask for the settings of a library, of figures (`figure`), or of anybody (`*`). */
  consults(whose: string): void {
    if (this.enabled) this.draft.consults.add(whose);
  }

  file(file: FileAccess): void {
    if (!this.enabled) return;
    const isSame = (other: FileAccess) =>
      other.use === file.use &&
      other.path === file.path &&
      other.range.start.line === file.range.start.line &&
      other.range.start.column === file.range.start.column;
    if (!this.draft.files.some(isSame)) this.draft.files.push(file);
  }

  folder(path: string): void {
    if (!this.enabled || this.draft.folders.some((other) => other.path === path)) return;
    this.draft.folders.push({ statement: this.draft.id, path });
  }

  /** The statement writes what an earlier one has read. */
  overwrites(reader: number): void {
    const { id, overwrites } = this.draft;
    const earlier = (this.drafts[reader] as StatementDraft).id;
    if (this.enabled && earlier !== id) overwrites.add(earlier);
  }

  random(use: RandomUse): void {
    if (!this.enabled) return;
    const isSame = (other: RandomUse) =>
      other.stream === use.stream &&
      other.use === use.use &&
      other.seeded === use.seeded &&
      other.call.node === use.call.node &&
      other.madeBy === use.madeBy;
    if (!this.draft.randomness.some(isSame)) this.draft.randomness.push(use);
  }

  /** A range of the current cell's translation, in its source. */
  range(span: Span): Range {
    const { cell } = this.draft;
    return this.rangeIn(cell, span);
  }

  rangeIn(cell: AnalysedCell, span: Span): Range {
    let lines = this.#lines.get(cell);
    if (lines === undefined) {
      lines = new LineIndex(cell.translation.source);
      this.#lines.set(cell, lines);
    }
    const start = cell.translation.toSource(span.start);
    return lines.range({ start, end: Math.max(start, cell.translation.toSource(span.end)) });
  }

  /** A statement as others see it; the same one each time. */
  statement(draft: StatementDraft): Statement {
    draft.statement ??= {
      id: draft.id,
      cell: draft.cell.cell.index,
      ordinal: draft.ordinal,
      node: draft.node,
      range: this.rangeIn(draft.cell, draft.node),
      accesses: draft.accesses,
      undefinedReads: draft.undefinedReads,
      needs: draft.needs,
      calls: draft.calls,
      setUp: draft.setUp,
      configures: draft.configures,
      consults: draft.consults,
    };
    return draft.statement;
  }

  #record(into: Map<string, Access>, facts: AccessFacts): void {
    const path = facts.path.map((step) => `${step.kind} ${step.name}`).join("/");
    const key = `${facts.kind} ${facts.name} ${path} ${facts.through ?? ""} ${facts.alias ?? ""} ${facts.span.start}`;
    const known = into.get(key);
    if (known !== undefined && (known.certainty === "must" || !facts.must)) return;
    into.set(key, {
      kind: facts.kind,
      place: { name: facts.name, path: facts.path },
      certainty: facts.must ? "must" : "may",
      range: this.range(facts.span),
      ...(facts.through === undefined ? {} : { through: facts.through }),
      ...(facts.alias === undefined ? {} : { alias: facts.alias }),
      ...(facts.why === undefined ? {} : { why: facts.why }),
    });
  }
}
