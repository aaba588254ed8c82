import type { Tree } from "web-tree-sitter";

/** What web-tree-sitter's WebAssembly has for a cursor, by its own names. `tree`: where the tree is in its memory. */
export interface CursorFunctions {
  ts_tree_root_node_wasm(tree: number): void;
  ts_tree_cursor_new_wasm(tree: number): void;
  ts_tree_cursor_delete_wasm(tree: number): void;
  ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  ts_tree_cursor_current_node_is_missing_wasm(tree: number): number;
  ts_tree_cursor_start_index_wasm(tree: number): number;
  ts_tree_cursor_end_index_wasm(tree: number): number;
  ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  ts_tree_cursor_goto_parent_wasm(tree: number): number;
}

/**
 * A cursor over a tree, from its root on. The functions of WebAssembly find their cursor in one place of its memory, and
 * leave it there. web-tree-sitter's own cursor is put there before each call and taken out after it, because there may be
 * others; this one stays, which halves what it takes to copy a tree. So there is one at a time: between its making and
 * its `delete`, nothing else may be asked of web-tree-sitter.
 */
export class TreeCursor {
  readonly #does: CursorFunctions;
  readonly #tree: number;

  constructor(tree: Tree, does: CursorFunctions) {
    // Where web-tree-sitter itself has it, for the same calls.
    this.#tree = (tree as unknown as readonly [number])[0];
    this.#does = does;
    does.ts_tree_root_node_wasm(this.#tree);
    does.ts_tree_cursor_new_wasm(this.#tree);
  }

  get nodeTypeId(): number {
    return this.#does.ts_tree_cursor_current_node_type_id_wasm(this.#tree);
  }

  get nodeIsMissing(): boolean {
    return this.#does.ts_tree_cursor_current_node_is_missing_wasm(this.#tree) === 1;
  }

  get startIndex(): number {
    return this.#does.ts_tree_cursor_start_index_wasm(this.#tree);
  }

  get endIndex(): number {
    return this.#does.ts_tree_cursor_end_index_wasm(this.#tree);
  }

  /** As the next two: false where there is none, and the cursor stays. */
  gotoFirstChild(): boolean {
    return this.#does.ts_tree_cursor_goto_first_child_wasm(this.#tree) === 1;
  }

  gotoNextSibling(): boolean {
    return this.#does.ts_tree_cursor_goto_next_sibling_wasm(this.#tree) === 1;
  }

  gotoParent(): boolean {
    return this.#does.ts_tree_cursor_goto_parent_wasm(this.#tree) === 1;
  }

  delete(): void {
    this.#does.ts_tree_cursor_delete_wasm(this.#tree);
  }
}
