import type * as ast from "../../python/ast.ts";
import type { NotebookDefinition, StatementId } from "../model.ts";

/** A definition while the analysis learns what it uses. */
export interface DefinitionDraft {
  readonly name: string;
  readonly kind: "function" | "class";
  readonly statement: StatementId;
  readonly node: ast.FunctionDef | ast.ClassDef;
  readonly freeReads: Set<string>;
  readonly textReads: Set<string>;
  readonly freeChanges: Set<string>;
  readonly freeBinds: Set<string>;
  readonly changesParameters: Set<string>;
  /** True once a call of it has been followed. */
  followed: boolean;
  opaque: boolean;
}

/** A definition before anything is known of what its body does. */
export function draftDefinition(node: ast.FunctionDef | ast.ClassDef, statement: StatementId): DefinitionDraft {
  return {
    name: node.name.name,
    kind: node.type === "ClassDef" ? "class" : "function",
    statement,
    node,
    freeReads: new Set(),
    textReads: new Set(),
    freeChanges: new Set(),
    freeBinds: new Set(),
    changesParameters: new Set(),
    followed: false,
    opaque: false,
  };
}

/** What callers see. */
export function finishDefinitions(drafts: Iterable<DefinitionDraft>): readonly NotebookDefinition[] {
  const all = [...drafts];
  const names = new Set(all.map(({ name }) => name));
  return all.map((draft) => ({
    name: draft.name,
    kind: draft.kind,
    statement: draft.statement,
    node: draft.node,
    freeReads: [...draft.freeReads].sort(),
    textReads: [...draft.textReads].sort(),
    freeChanges: [...draft.freeChanges].sort(),
    freeBinds: [...draft.freeBinds].sort(),
    uses: [...draft.freeReads].filter((name) => names.has(name) && name !== draft.name).sort(),
    changesParameters: [...draft.changesParameters].sort(),
    opaque: draft.opaque,
  }));
}
