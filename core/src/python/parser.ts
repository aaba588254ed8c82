import type { Language, Parser, Tree as ParserTree } from "web-tree-sitter";
import type { Comment, Module, PythonParser, Stmt, SyntaxProblem } from "./ast.ts";
import { fillGrammarGaps } from "./grammar-gaps.ts";
import { withLineFeeds } from "./line-feeds.ts";
import { lowerBlock } from "./lower-statement.ts";
import { invalidStatement, type Lowering, report, reportBroken } from "./lowering.ts";
import { ReadingBudget } from "./reading-budget.ts";
import { joinLines, logicalLines, withoutRuns } from "./recovery.ts";
import { withoutStars } from "./starred-elements.ts";
import { subscriptsAsCalls } from "./subscripts-as-calls.ts";
import { copyTree, errorNode, type Grammar, grammarOf, type SyntaxNode } from "./syntax-node.ts";
import type { CursorFunctions } from "./tree-cursor.ts";

/** The bytes of web-tree-sitter's and of the Python grammar's WebAssembly (`loadGrammar` has them under Node). */
export interface GrammarFiles {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

/** What every engine has, and the types of no platform are there to tell. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** Of this process: web-tree-sitter loads one at a time. */
let loading: Promise<Loaded> | undefined;

interface Loaded {
  readonly language: Language;
  readonly grammar: Grammar;
}

/** Makes a parser. The WebAssembly is loaded with the first, so that a program that parses nothing pays nothing. */
export async function createPythonParser(files: GrammarFiles): Promise<PythonParser> {
  const { Parser } = await import("web-tree-sitter");
  loading ??= loadLanguage(files);
  const { language, grammar } = await loading;
  const parser = new Parser();
  parser.setLanguage(language);
  return new TreeSitterParser(parser, grammar);
}

async function loadLanguage({ runtime, python }: GrammarFiles): Promise<Loaded> {
  const { Language, Parser } = await import("web-tree-sitter");
  let exports: object | undefined;
  // Compiled here, not in V8's threads: half a megabyte is read in a few milliseconds, and those have other work first.
  await Parser.init({
    instantiateWasm(imports: object, receive: (instance: object, module: object) => void) {
      const module = new WebAssembly.Module(runtime);
      const instance = new WebAssembly.Instance(module, imports);
      exports = instance.exports;
      receive(instance, module);
      return {};
    },
  });
  const language = Language.loadSync(new WebAssembly.Module(python));
  return { language, grammar: grammarOf(language, exports as CursorFunctions) };
}

class TreeSitterParser implements PythonParser {
  readonly #parser: Parser;
  readonly #grammar: Grammar;
  /** For the text that is parsed: as it stands, and without what makes the parser read far ahead. */
  #budget = new ReadingBudget("");
  #budgetWithoutRuns = this.#budget;

  constructor(parser: Parser, grammar: Grammar) {
    this.#parser = parser;
    this.#grammar = grammar;
  }

  parse(written: string): Module {
    const text = withLineFeeds(written);
    this.#budget = new ReadingBudget(text);
    this.#budgetWithoutRuns = new ReadingBudget(text);
    const whole = this.#read(text, text, 0);
    const { body, errors, comments } = whole.hasErrors ? this.#recover(text) : this.#lower(text, whole);
    return { type: "Module", start: 0, end: text.length, body, errors, comments };
  }

  /** `piece` stands at `base` in `text`. */
  #read(text: string, piece: string, base: number): Tree {
    const comments: Comment[] = [];
    const tree =
      this.#parse(piece, this.#budget) ?? this.#parse(withoutRuns(piece, base, comments), this.#budgetWithoutRuns);
    if (tree === undefined) {
      const root = errorNode(base, base + piece.length);
      return { root, comments, hasErrors: true, isRefused: true };
    }
    try {
      const root = copyTree(tree, this.#grammar, base, comments, text);
      return { root, comments, hasErrors: tree.rootNode.hasError };
    } finally {
      tree.delete();
    }
  }

  /** Nothing where the parser would read the text too often. */
  #parse(text: string, budget: ReadingBudget): ParserTree | undefined {
    const tree = this.#parser.parse(budget.reader(fillGrammarGaps(text)));
    if (tree === null) throw new Error("the Python parser has no language");
    if (!budget.isSpent) return tree;
    tree.delete();
    return undefined;
  }

  /** A piece without what the grammar does not know; nothing where it is no Python then either. */
  #readMended(text: string, piece: string, base: number): Mended | undefined {
    const ways: readonly ((stars: Map<number, number>) => string)[] = [
      (stars) => withoutStars(piece, base, stars),
      (stars) => withoutStars(piece, base, stars, true),
      (stars) => withoutStars(subscriptsAsCalls(piece), base, stars),
    ];
    for (const mend of ways) {
      const stars = new Map<number, number>();
      const tree = this.#read(text, mend(stars), base);
      if (!tree.hasErrors) return { tree, stars };
    }
    return undefined;
  }

  #lower(text: string, tree: Tree, stars = new Map<number, number>()): Lowered {
    const errors: SyntaxProblem[] = [];
    const lowering: Lowering = {
      text,
      errors,
      stars,
      reparse: (start, end, replace) => this.#read(text, replace(text.slice(start, end)), start).root,
    };
    if (tree.isRefused) {
      return { body: [invalidStatement(lowering, tree.root, tooEntangled)], errors, comments: tree.comments };
    }
    const nodes = tree.root.type === "ERROR" ? [tree.root] : tree.root.kids;
    const body = lowerBlock(lowering, nodes);
    for (const star of stars.values()) report(lowering, { start: star, end: star + 1 }, "a star has no place here");
    // Whatever the parser stepped over is said, also where nothing that was lowered stands around it.
    if (tree.hasErrors && errors.length === 0) reportBroken(lowering, tree.root, undefined);
    return { body, errors, comments: tree.comments };
  }

  /**
   * One mistake makes tree-sitter give up far around it. So the text is parsed again in pieces: by logical lines of
   * the top level, and those that fail by lines that start at the left edge, brackets or not.
   */
  #recover(text: string): Lowered {
    const body: Stmt[] = [];
    const errors: SyntaxProblem[] = [];
    const comments: Comment[] = [];
    const add = (lowered: Lowered) => {
      body.push(...lowered.body);
      errors.push(...lowered.errors);
      comments.push(...lowered.comments);
    };
    for (const line of logicalLines(text, "brackets")) {
      const tree = this.#read(text, text.slice(line.start, line.end), line.start);
      if (!tree.hasErrors) {
        add(this.#lower(text, tree));
        continue;
      }
      const blanked: Comment[] = [];
      const joined = joinLines(text, line, blanked);
      const mended = this.#readMended(text, joined, line.start);
      if (mended !== undefined) {
        const all = [...blanked, ...mended.tree.comments].sort((one, other) => one.start - other.start);
        add(this.#lower(text, { ...mended.tree, comments: all }, mended.stars));
        continue;
      }
      const pieces = logicalLines(text, "edge", line);
      if (pieces.length < 2) add(this.#lower(text, tree));
      else
        for (const piece of pieces)
          add(this.#lower(text, this.#read(text, text.slice(piece.start, piece.end), piece.start)));
    }
    return { body, errors, comments };
  }
}

interface Mended {
  readonly tree: Tree;
  readonly stars: Map<number, number>;
}

interface Tree {
  readonly root: SyntaxNode;
  readonly comments: readonly Comment[];
  readonly hasErrors: boolean;
  /** The parser gave up: nothing is known of the text. */
  readonly isRefused?: boolean;
}

const tooEntangled = "too entangled for the parser";

interface Lowered {
  readonly body: readonly Stmt[];
  readonly errors: readonly SyntaxProblem[];
  readonly comments: readonly Comment[];
}
