import type * as ast from "../python/ast.ts";
import { LineIndex, type Range, type Span } from "../text/position.ts";
import type {
  Access,
  AnalysedCell,
  CallSite,
  Edge,
  EdgeKind,
  FileAccess,
  PathStep,
  RandomUse,
  Statement,
  StatementId,
} from "./model.ts";

/** A statement while it is analysed. */
export interface StatementDraft {
  readonly id: StatementId;
  readonly cell: AnalysedCell;
  readonly ordinal: number;
  readonly node: ast.Stmt;
  /** Names whose objects it changes by that name; reached otherwise, the edge is of kind `alias`. */
  readonly changedByName: Set<string>;
  accesses: Access[];
  undefinedReads: Access[];
  calls: CallSite[];
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
  readonly drafts: StatementDraft[] = [];
  readonly files: FileAccess[] = [];
  readonly randomness: RandomUse[] = [];
  readonly #edges = new Map<string, Edge>();
  readonly #lines = new Map<AnalysedCell, LineIndex>();
  readonly #accesses = new Map<string, Access>();
  readonly #calls = new Map<ast.Call, CallSite>();
  readonly #undefined = new Map<string, Access>();
  /** Cleared while something is tried that the notebook does not do itself. */
  enabled = true;

  get draft(): StatementDraft {
    return this.drafts.at(-1) as StatementDraft;
  }

  begin(cell: AnalysedCell, id: StatementId, ordinal: number, node: ast.Stmt): void {
    this.#accesses.clear();
    this.#calls.clear();
    this.#undefined.clear();
    this.drafts.push({
      id,
      cell,
      ordinal,
      node,
      changedByName: new Set(),
      accesses: [],
      undefinedReads: [],
      calls: [],
    });
  }

  /** The statement is done; `isBoundForSure` says of a name whether the statement binds it on every path. */
  finish(isBoundForSure: (name: string) => boolean): void {
    const draft = this.draft;
    draft.accesses = [...this.#accesses.values()].map((access) =>
      access.kind === "bind" && access.certainty === "may" && isBoundForSure(access.place.name)
        ? { ...access, certainty: "must" }
        : access,
    );
    draft.undefinedReads = [...this.#undefined.values()];
    draft.calls = [...this.#calls.values()];
  }

  access(facts: AccessFacts): void {
    if (!this.enabled) return;
    this.#record(this.#accesses, facts);
    if (facts.kind === "change" && facts.alias === undefined) this.draft.changedByName.add(facts.name);
  }

  undefinedRead(facts: AccessFacts): void {
    if (this.enabled) this.#record(this.#undefined, facts);
  }

  edge(from: number, to: number, kind: EdgeKind, name: string, must: boolean, why?: string): void {
    if (from === to || !this.enabled) return;
    const key = `${from} ${to} ${kind} ${name}`;
    const known = this.#edges.get(key);
    if (known !== undefined && (known.certainty === "must" || !must)) return;
    this.#edges.set(key, {
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

  file(file: FileAccess): void {
    if (!this.enabled) return;
    const isSame = (other: FileAccess) =>
      other.statement === file.statement &&
      other.use === file.use &&
      other.path === file.path &&
      other.range.start.line === file.range.start.line &&
      other.range.start.column === file.range.start.column;
    for (let at = this.files.length - 1; at >= 0 && this.files[at]?.statement === file.statement; at--) {
      if (isSame(this.files[at] as FileAccess)) return;
    }
    this.files.push(file);
  }

  random(use: RandomUse): void {
    if (!this.enabled) return;
    for (let at = this.randomness.length - 1; at >= 0; at--) {
      const other = this.randomness[at] as RandomUse;
      if (other.statement !== use.statement) break;
      const isSame = other.stream === use.stream && other.use === use.use && other.seeded === use.seeded;
      if (isSame && other.call.node === use.call.node && other.madeBy === use.madeBy) return;
    }
    this.randomness.push(use);
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

  edges(): readonly Edge[] {
    return [...this.#edges.values()];
  }

  statements(): readonly Statement[] {
    return this.drafts.map((draft) => ({
      id: draft.id,
      cell: draft.cell.cell.index,
      ordinal: draft.ordinal,
      node: draft.node,
      range: this.rangeIn(draft.cell, draft.node),
      accesses: draft.accesses,
      calls: draft.calls,
    }));
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
