import type { Language, Tree } from "web-tree-sitter";
import type { Comment } from "./ast.ts";
import { type CursorFunctions, TreeCursor } from "./tree-cursor.ts";

/** A node of tree-sitter's tree, copied out of WebAssembly. Comments and line continuations are left out. */
export interface SyntaxNode {
  /** Of the grammar; the text itself for a token such as `(`; `ERROR` where the parser's recovery stepped over text. */
  readonly type: string;
  /** False for a token: `lambda` is both a node and the keyword in it. */
  readonly named: boolean;
  readonly start: number;
  readonly end: number;
  readonly kids: readonly SyntaxNode[];
  /** An error stands directly in it, or in a part of it that is neither statement nor expression. */
  readonly broken: boolean;
  /** It is nested too deeply: `kids` are the names inside it, whatever stood around them. */
  readonly cut: boolean;
}

/** How deep a tree is followed, so that nothing that recurses over it can overflow the stack. CPython stops at 200 brackets. */
const deepest = 600;

/** How trees of a grammar are read, and what is known of its node types, by their numbers. */
export interface Grammar {
  readonly cursor: CursorFunctions;
  readonly types: readonly string[];
  readonly named: readonly boolean[];
  /** Types whose children say nothing that their text does not. */
  readonly leaf: readonly boolean[];
}

const leaves = new Set(
  "identifier integer float true false none ellipsis comment line_continuation string_start string_end string_content type_conversion import_prefix keyword_separator positional_separator wildcard_import".split(
    " ",
  ),
);

/** Nodes that are neither statement nor expression: an error in one makes the node around it broken. */
const parts = new Set(
  "argument_list keyword_argument parameters lambda_parameters default_parameter typed_parameter typed_default_parameter list_splat_pattern dictionary_splat_pattern tuple_pattern list_pattern pattern_list expression_list pair with_clause with_item as_pattern_target for_in_clause if_clause else_clause elif_clause except_clause finally_clause case_clause case_pattern type generic_type type_parameter constrained_type union_type member_type splat_type dotted_name aliased_import relative_import decorator chevron format_specifier interpolation format_expression string slice assignment augmented_assignment class_pattern dict_pattern keyword_pattern union_pattern splat_pattern complex_pattern as_pattern list_splat dictionary_splat".split(
    " ",
  ),
);

/** Nodes that only hold other nodes together: a tree that is too deep is cut at what stands in them. */
const wrappers = new Set([
  ..."argument_list keyword_argument parameters lambda_parameters default_parameter typed_parameter typed_default_parameter".split(
    " ",
  ),
  ..."expression_list pattern_list pair with_clause with_item as_pattern_target for_in_clause if_clause else_clause".split(
    " ",
  ),
  ..."elif_clause except_clause finally_clause case_clause case_pattern block type type_parameter dotted_name".split(
    " ",
  ),
  ..."decorator format_specifier interpolation format_expression slice assignment augmented_assignment".split(" "),
]);

/** The types of nodes that a grammar has, by the numbers that it gives them; `cursor` is of the WebAssembly that has it. */
export function grammarOf(language: Language, cursor: CursorFunctions): Grammar {
  const types = language.types;
  const named = types.map((_, id) => language.nodeTypeIsNamed(id));
  return { cursor, types, named, leaf: types.map((type, id) => !named[id] || leaves.has(type)) };
}

interface Draft {
  type: string;
  named: boolean;
  start: number;
  end: number;
  kids: Draft[];
  broken: boolean;
  cut: boolean;
}

/**
 * Copies a tree, adding `base` to every offset. Comments go to `comments`, in order.
 * Uses no recursion; visits every node once.
 */
export function copyTree(tree: Tree, grammar: Grammar, base: number, comments: Comment[], text: string): SyntaxNode {
  const { hasError } = tree.rootNode;
  const cursor = new TreeCursor(tree, grammar.cursor);
  try {
    return copy(cursor, grammar, base, comments, text, hasError);
  } finally {
    cursor.delete();
  }
}

function copy(
  cursor: TreeCursor,
  grammar: Grammar,
  base: number,
  comments: Comment[],
  text: string,
  hasErrors: boolean,
): SyntaxNode {
  const open: Draft[] = [];
  /** How many levels the cursor is below the node that was cut; 0 outside one. */
  let belowCut = 0;
  for (;;) {
    const id = cursor.nodeTypeId;
    const type = grammar.types[id] ?? "ERROR";
    const named = grammar.named[id] ?? true;
    const leaf = grammar.leaf[id] === true;
    const start = cursor.startIndex + base;
    const end = named ? cursor.endIndex + base : start + type.length;
    const parent = open.at(-1);
    let opened = false;
    if (type === "comment") {
      comments.push({ start, end, text: text.slice(start, end) });
    } else if (belowCut > 0) {
      if (type === "identifier") parent?.kids.push({ type, named, start, end, kids: [], broken: false, cut: false });
    } else if (type !== "line_continuation") {
      const missing = hasErrors && cursor.nodeIsMissing;
      if (parent !== undefined && (missing || type === "ERROR")) parent.broken = true;
      if (!missing) {
        const cut = open.length >= deepest && !wrappers.has(type);
        const draft: Draft = { type, named, start, end, kids: [], broken: type === "ERROR", cut };
        parent?.kids.push(draft);
        opened = !leaf;
        if (opened) open.push(draft);
      }
    }
    if (!leaf && cursor.gotoFirstChild()) {
      if (belowCut > 0 || open.at(-1)?.cut) belowCut++;
      continue;
    }
    if (opened) {
      const closed = close(open);
      if (open.length === 0) return closed;
    }
    while (!cursor.gotoNextSibling()) {
      cursor.gotoParent();
      if (belowCut > 0 && --belowCut > 0) continue;
      const closed = close(open);
      if (open.length === 0) return closed;
    }
  }
}

function close(open: Draft[]): Draft {
  const draft = open.pop() as Draft;
  const parent = open.at(-1);
  if (draft.broken && parent !== undefined && parts.has(draft.type)) parent.broken = true;
  return draft;
}

/** The node of a text of which no tree could be had. */
export function errorNode(start: number, end: number): SyntaxNode {
  return { type: "ERROR", named: true, start, end, kids: [], broken: true, cut: false };
}

/** Every named node directly in a node. */
export function namedKids(node: SyntaxNode): readonly SyntaxNode[] {
  return node.kids.filter((kid) => kid.named);
}

/** The first token with this text directly in a node. */
export function token(node: SyntaxNode, text: string): SyntaxNode | undefined {
  return node.kids.find((kid) => !kid.named && kid.type === text);
}

/** The first child of a type. */
export function kid(node: SyntaxNode, type: string): SyntaxNode | undefined {
  return node.kids.find((each) => each.named && each.type === type);
}
