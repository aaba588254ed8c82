import type { Effect, RandomStream, Role } from "../effects/effect.ts";
import type { AnalysableCell } from "../inclusion/read-cell.ts";
import type { CodeCell } from "../notebook/model.ts";
import type * as ast from "../python/ast.ts";
import type { Range } from "../text/position.ts";
import type { StatementId } from "./statement-id.ts";
import type { World } from "./world.ts";

export type { StatementId };

/** A code cell, translated and parsed. */
export interface ParsedCell extends AnalysableCell {
  readonly cell: CodeCell;
}

/** A code cell with what the analysis knows of it. */
export interface AnalysedCell extends ParsedCell {
  readonly statements: readonly Statement[];
}

/** A top-level statement of a cell. */
export interface Statement {
  readonly id: StatementId;
  readonly cell: number;
  /** Its place in the cell, from 0. */
  readonly ordinal: number;
  /** Offsets in its cell's translation. */
  readonly node: ast.Stmt;
  /** In the cell's source, as the user wrote it. */
  readonly range: Range;
  readonly accesses: readonly Access[];
  /** Names that it reads, itself or through functions that it calls, and that nothing before it in the order binds. */
  readonly undefinedReads: readonly Access[];
  /** What it needs of statements before it: the edges that lead to it. */
  readonly needs: readonly Edge[];
  /** Every call that it makes itself (not those inside functions that it defines), with what is known of each. */
  readonly calls: readonly CallSite[];
  /** Libraries that it sets up for the whole process, by its own calls or in functions that it calls. */
  readonly setUp: ReadonlySet<string>;
  /** What it assigns in libraries, itself or in functions that it calls: `pandas.options.display.width`. */
  readonly configures: ReadonlySet<string>;
  /**
   * Whose settings it may ask for, itself or in functions that it calls: libraries whose code it runs or whose objects it
   * is given, `figure` where it draws, `*` where it calls what nobody knows.
   */
  readonly consults: ReadonlySet<string>;
}

/** A read, bind, change or delete of a place. */
export interface Access {
  readonly kind: "read" | "bind" | "change" | "delete";
  readonly place: Place;
  /** `may`: on some paths, or because the analysis is not sure and assumes the worse case. */
  readonly certainty: "must" | "may";
  /** In the cell's source. */
  readonly range: Range;
  /** The function of the notebook whose body does it, where it is done by a call. */
  readonly through?: string;
  /** The name that the statement itself used, where the object was reached through an alias. */
  readonly alias?: string;
  /** Why it is assumed, where the analysis is not sure: `unknown call frobnicate(df)`. */
  readonly why?: string;
}

/** A global name, or an attribute, item or column of what it holds. */
export interface Place {
  readonly name: string;
  readonly path: readonly PathStep[];
}

export interface PathStep {
  readonly kind: "attribute" | "item" | "column";
  /** `*` for any. */
  readonly name: string;
}

/** A call, with its callee resolved through imports and types as far as they are known. */
export interface CallSite {
  readonly node: ast.Call;
  /** `sklearn.linear_model.LogisticRegression.fit`, `notebook.clean` for the notebook's own; absent where unknown. */
  readonly callee?: string;
  /** As written: `clf.fit`. */
  readonly text: string;
  /** The global name whose object receives the call: `clf` in `clf.fit(X)`, `df` in `df["a"].fillna(0)`. */
  readonly receiver?: string;
  /** Names of globals in each argument, positional by index, keywords by name. */
  readonly argumentNames: ReadonlyMap<number | string, readonly string[]>;
  readonly effect?: Effect;
  readonly role?: Role;
  readonly range: Range;
}

export type EdgeKind = "value" | "change" | "free-variable" | "alias" | "file" | "random" | "state";

/** `to` needs what `from` made. */
export interface Edge {
  readonly from: StatementId;
  readonly to: StatementId;
  readonly kind: EdgeKind;
  /** The global name, file path, random stream or state of the process (`figure`, `directory`) that carries it. */
  readonly name: string;
  readonly certainty: "must" | "may";
  readonly why?: string;
}

/** An abstract object: what one place in the notebook makes. */
export type ObjectId = number;

/** What a global name holds at one point. */
export interface NameValue {
  readonly objects: readonly ObjectId[];
  /** Qualified: `pandas.DataFrame`, `builtins.int`, `notebook.Model`; absent where unknown. */
  readonly type?: string;
  /** False only where it is known that the value cannot change. */
  readonly mutable: boolean;
  /** The statements that may have bound the name or changed its value last. */
  readonly definedBy: readonly StatementId[];
  /** False where a path leads here on which the name is not bound. */
  readonly certain: boolean;
}

/** An object that a value is, or holds directly or not. */
export interface HeldObject {
  /** Qualified; absent where unknown. */
  readonly type?: string;
  /** The statement whose code makes it; absent for what a library has. */
  readonly madeBy?: StatementId;
  /** The notebook's function or class that it is; `isNamed` where another process finds it by its name. */
  readonly code?: {
    readonly kind: "function" | "class";
    readonly name: string;
    readonly isNamed: boolean;
    readonly node: ast.FunctionDef | ast.Lambda | ast.ClassDef;
  };
}

/** A function or class of the notebook, as it stands after the statement that defines it. */
export interface NotebookDefinition {
  readonly name: string;
  readonly kind: "function" | "class";
  readonly statement: StatementId;
  readonly node: ast.FunctionDef | ast.ClassDef;
  /** Globals that the body reads, changes or binds when called, its own callees' included. Builtins left out. */
  readonly freeReads: readonly string[];
  readonly freeChanges: readonly string[];
  readonly freeBinds: readonly string[];
  /** Of those that it reads, what texts with code may name that its own body hands on: formulas, queries. */
  readonly textReads: readonly string[];
  /** Other definitions of the notebook that it uses. */
  readonly uses: readonly string[];
  /** Parameters whose value the body may change. */
  readonly changesParameters: readonly string[];
  /** True where the analysis could not follow the body (`exec`, `globals()`). */
  readonly opaque: boolean;
}

/** A file that a statement reads or writes. */
export interface FileAccess {
  readonly statement: StatementId;
  readonly use: "read" | "write" | "append";
  /** Folded through constants; absent where it cannot be known. */
  readonly path?: string;
  /** The same text for every way to name the file, from where the notebook began; absent where it cannot be known. */
  readonly place?: string;
  readonly range: Range;
}

/** A folder that a statement makes where it is not there yet, and leaves as it is where it is. */
export interface FolderMaking {
  readonly statement: StatementId;
  /** Folded through constants; those that cannot be known are none. */
  readonly path: string;
}

/** A statement reads a file, or looks into a folder, that a later one writes: the later one must not run before it. */
export interface Overwriting {
  readonly reader: StatementId;
  readonly writer: StatementId;
}

/** A draw from a random stream, or its seeding. */
export interface RandomUse {
  readonly statement: StatementId;
  readonly stream: RandomStream;
  readonly use: "draw" | "seed";
  /** The call has a seed of its own (`random_state=0`), so that no stream is drawn from. */
  readonly seeded: boolean;
  /** A draw by the way, from a stream that goes with the one that the call is known for. */
  readonly byTheWay?: true;
  readonly call: CallSite;
  /** The call that made the receiver and could fix its seed (`KFold(shuffle=True)`), where that is another. */
  readonly madeBy?: ast.Call;
}

/** A group of names whose values share an object that can change: they must travel together. */
export interface Sharing {
  readonly names: readonly string[];
  readonly certainty: "must" | "may";
}

/** The whole of what the analysis knows, for one order of the cells. */
export interface Dataflow {
  /** What it was analysed for. */
  readonly world: World;
  /** Indices of the code cells, in the order that was analysed. */
  readonly order: readonly number[];
  /** In document order. */
  readonly cells: readonly AnalysedCell[];
  /** In the order that was analysed. */
  readonly statements: readonly Statement[];
  /** In the order of the statements that they lead to; each leads from an earlier statement to a later one. */
  readonly edges: readonly Edge[];
  readonly definitions: readonly NotebookDefinition[];
  readonly files: readonly FileAccess[];
  readonly folders: readonly FolderMaking[];
  /** In the order of the statements that write. */
  readonly overwritings: readonly Overwriting[];
  readonly randomness: readonly RandomUse[];
  /** Global names and what they hold after a statement. Throws RangeError for an id that is not in `statements`. */
  valuesAfter(id: StatementId): ReadonlyMap<string, NameValue>;
  /** What one of them holds, at the cost of one; absent where nothing has bound it. */
  valueAfter(id: StatementId, name: string): NameValue | undefined;
  /** Which of the names bound after a statement share objects. */
  sharingAfter(id: StatementId): readonly Sharing[];
  /**
   * Groups of names that reach different objects of one memory (an array and its views): saving and loading them, even
   * together, would part them. Tensors are left out: their files keep what they share.
   */
  viewsAfter(id: StatementId): readonly (readonly string[])[];
  /** What saving a name's value after a statement would save: the value and all that it holds. */
  heldAfter(id: StatementId, name: string): readonly HeldObject[];
}
