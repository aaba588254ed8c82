import type { AnalysedCell, Dataflow, Statement } from "../dataflow/model.ts";

/** What stays the same of a cell as long as its text does; its count, its outputs and its tags are none of it. */
export type CellText = Pick<AnalysedCell, "translation" | "module" | "timed">;

/** A cell's text, and what its statements do. */
export type CellCode = CellText & Pick<AnalysedCell, "statements">;

/**
 * Something that cells show each by itself, and from which a rule concludes with an eye on the whole notebook: all that a
 * notebook shows of it, in the order of the document. What a cell shows is kept as long as that cell is the same: an
 * editor asks for the findings after every edit, and there most cells show what they showed, which is mostly nothing.
 */
export type Clue<T> = (document: SearchedDocument) => readonly T[];

type SearchedDocument = Pick<Dataflow, "cells">;

/** A clue that a cell's text gives, whatever the other cells are. */
export function inText<T>(find: (cell: CellText) => Iterable<T>): Clue<T> {
  return clue("ofText", find);
}

/** A clue that a cell's text gives together with what its statements do. */
export function inCode<T>(find: (cell: CellCode) => Iterable<T>): Clue<T> {
  return clue("ofCode", find);
}

/** A clue that each statement gives by itself. */
export function inStatements<T>(find: (statement: Statement, cell: CellCode) => Iterable<T>): Clue<T> {
  return inCode((cell) => cell.statements.flatMap((statement) => [...find(statement, cell)]));
}

/** What a cell or a notebook shows, by the number of the clue. */
type Shown = (readonly unknown[] | undefined)[];

/** A cell with what is kept of it: what its text shows, and what it shows as long as its statements are these. */
interface KnownCell {
  readonly code: CellCode;
  readonly ofText: Shown;
  readonly ofCode: Shown;
}

const knownCells = new WeakMap<AnalysedCell["module"], KnownCell>();

/** A notebook whose cells were looked up, once for all clues: what is kept of each, in the order of the document. */
interface KnownDocument {
  readonly codes: readonly CellCode[];
  readonly ofText: readonly Shown[];
  readonly ofCode: readonly Shown[];
  readonly shown: Shown;
}

const knownDocuments = new WeakMap<SearchedDocument, KnownDocument>();

const nothing: readonly unknown[] = [];

/** How many clues there are. */
let count = 0;

function clue<T>(of: "ofText" | "ofCode", find: (cell: CellCode) => Iterable<T>): Clue<T> {
  const number = count++;
  return (document) => {
    const { codes, [of]: kept, shown } = known(document);
    const before = shown[number] as readonly T[] | undefined;
    if (before !== undefined) return before;
    const all: T[] = [];
    for (let at = 0; at < codes.length; at++) {
      const cell = kept[at] as Shown;
      let own = cell[number] as readonly T[] | undefined;
      if (own === undefined) {
        own = [...find(codes[at] as CellCode)];
        cell[number] = own.length === 0 ? nothing : own;
      }
      if (own.length > 0) for (const one of own) all.push(one);
    }
    shown[number] = all;
    return all;
  };
}

function known(document: SearchedDocument): KnownDocument {
  let found = knownDocuments.get(document);
  if (found === undefined) {
    const cells = document.cells.map(knownCell);
    found = {
      codes: cells.map(({ code }) => code),
      ofText: cells.map(({ ofText }) => ofText),
      ofCode: cells.map(({ ofCode }) => ofCode),
      shown: [],
    };
    knownDocuments.set(document, found);
  }
  return found;
}

function knownCell({ translation, module, timed, statements }: AnalysedCell): KnownCell {
  const before = knownCells.get(module);
  const isSameText = before?.code.translation === translation;
  if (isSameText && areSame(before.code.statements, statements)) return before;
  const code = { translation, module, ...(timed && { timed }), statements };
  const now = { code, ofText: isSameText ? before.ofText : [], ofCode: [] };
  knownCells.set(module, now);
  return now;
}

function areSame(one: readonly Statement[], other: readonly Statement[]): boolean {
  return one.length === other.length && one.every((statement, at) => statement === other[at]);
}
