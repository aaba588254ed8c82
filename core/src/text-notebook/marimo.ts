import type * as ast from "../python/ast.ts";
import { isDefinition } from "../python/definition.ts";
import { LineIndex, type Span } from "../text/position.ts";
import { dedented } from "./dedent.ts";
import type { Draft, DraftCell, DraftLine } from "./draft.ts";
import { inRunOrder } from "./marimo-order.ts";
import { markdownOf } from "./marimo-text.ts";
import { unreadable } from "./unreadable.ts";

/** What a top-level statement of a marimo file is. */
type Part =
  | { readonly kind: "cell"; readonly node: ast.FunctionDef; readonly options: readonly ast.Keyword[] }
  | { readonly kind: "definition"; readonly node: ast.FunctionDef | ast.ClassDef }
  | { readonly kind: "setup"; readonly node: ast.With }
  | { readonly kind: "unparsable"; readonly node: ast.Constant }
  | { readonly kind: "frame" };

/**
 * Reads a marimo notebook (https://docs.marimo.io/guides/understanding_errors/). marimo runs a cell after those that
 * define what it uses, wherever they stand: the cells come in that order, the file's where it is free. Throws
 * ProblemError RP107 for what would run otherwise than in marimo.
 */
export function readMarimo(text: string, path: string, parser: ast.PythonParser): Draft {
  const module = parser.parse(text);
  const file = new MarimoFile(text, path, module);
  const cells = module.body.flatMap((node) => file.cellOf(node));
  return { cells: inRunOrder(cells, path, parser), metadata: {} };
}

class MarimoFile {
  readonly #text: string;
  readonly #path: string;
  readonly #app: string;
  readonly #index: LineIndex;
  readonly #module: ast.Module;

  constructor(text: string, path: string, module: ast.Module) {
    this.#text = text;
    this.#path = path;
    this.#module = module;
    this.#index = new LineIndex(text);
    this.#app = module.body.map(appName).find((name) => name !== undefined) ?? "app";
  }

  cellOf(node: ast.Stmt): DraftCell[] {
    const part = this.#partOf(node);
    if (part === undefined) {
      const { line } = this.#index.position(node.start);
      throw unreadable(
        this.#path,
        line,
        "marimo runs nothing outside of its cells, and this statement is in none.",
        "Move it into a cell (@app.cell), or remove it.",
      );
    }
    if (part.kind === "frame") return [];
    if (part.kind === "unparsable") return [this.#unparsable(part.node)];
    if (part.kind === "definition") return [{ kind: "code", lines: this.#definition(part.node), metadata: {} }];
    const lines = this.#bodyOf(part.node);
    const text = part.kind === "cell" ? markdownOf(part.node, lines, this.#text) : undefined;
    if (text !== undefined) return [{ kind: "markdown", lines: text, metadata: {} }];
    if (part.kind === "setup") return [{ kind: "code", lines, metadata: {} }];
    const { name } = part.node;
    const metadata = name.name === "_" || name.name === "__" ? {} : { name: name.name };
    const isDisabled = part.options.some(
      ({ arg, value }) => arg?.name === "disabled" && value.type === "Constant" && value.value === true,
    );
    return [{ kind: isDisabled ? "raw" : "code", lines, metadata }];
  }

  #partOf(node: ast.Stmt): Part | undefined {
    if (isDefinition(node)) {
      for (const decorator of node.decorator_list) {
        const call = decorator.type === "Call" ? decorator : undefined;
        const member = this.#memberOf(call?.func ?? decorator);
        if (member === "cell" && node.type !== "ClassDef") {
          return { kind: "cell", node, options: call?.keywords ?? [] };
        }
        if (member === "function" || member === "class_definition") return { kind: "definition", node };
      }
      return undefined;
    }
    if (node.type === "With") {
      const [item] = node.items;
      const context = item?.context_expr;
      const isSetup = this.#memberOf(context?.type === "Call" ? context.func : context) === "setup";
      return isSetup ? { kind: "setup", node } : undefined;
    }
    if (node.type === "Expr" && node.value.type === "Call" && this.#memberOf(node.value.func) === "_unparsable_cell") {
      const [code] = node.value.args;
      return code?.type === "Constant" ? { kind: "unparsable", node: code } : undefined;
    }
    return isFrame(node, this.#app) ? { kind: "frame" } : undefined;
  }

  #memberOf(node: ast.Expr | undefined): string | undefined {
    if (node?.type !== "Attribute" || node.value.type !== "Name" || node.value.id !== this.#app) return undefined;
    return node.attr.name;
  }

  /** The lines of a body, without marimo's `return` of what the cell defines. */
  #bodyOf(node: ast.FunctionDef | ast.With): readonly DraftLine[] {
    const body = [...node.body];
    const last = body.at(-1);
    const isEmpty = body.length === 1 && last?.type === "Pass";
    const start = this.#bodyStart(node);
    const ends = last?.type === "Return" || isEmpty ? last?.start : undefined;
    return this.#cut({ start, end: ends ?? this.#endOf(node) });
  }

  /** Behind the colon and the rest of its line, so that comments before the first statement are there. */
  #bodyStart(node: ast.FunctionDef | ast.With): number {
    const first = node.body[0]?.start ?? node.end;
    const head = "decorator_list" in node ? (node.decorator_list.at(-1)?.end ?? node.start) : node.start;
    let depth = 0;
    for (let at = head; at < first; at++) {
      const character = this.#text[at] as string;
      if ("([{".includes(character)) depth += 1;
      else if (")]}".includes(character)) depth -= 1;
      else if (character === ":" && depth === 0) {
        const lineEnd = this.#text.indexOf("\n", at);
        return lineEnd === -1 || lineEnd > first ? first : lineEnd + 1;
      }
    }
    return first;
  }

  /** Comments that end a body, and stand as deep as it, belong to it. */
  #endOf(node: ast.Stmt): number {
    const next = this.#module.body.find(({ start }) => start >= node.end);
    const rest = this.#text.slice(node.end, next?.start ?? this.#text.length);
    const own = /^[^\n]*(?:\n(?:[ \t]+[^\n]*|[ \t]*(?=\n)))*/.exec(rest);
    return node.end + (own?.[0].length ?? 0);
  }

  #definition(node: ast.FunctionDef | ast.ClassDef): readonly DraftLine[] {
    const decorators = node.decorator_list.filter((each) => {
      const member = this.#memberOf(each.type === "Call" ? each.func : each);
      return member !== "function" && member !== "class_definition";
    });
    const last = node.decorator_list.at(-1);
    const rest = this.#text.slice(last?.end ?? node.start, node.end);
    const behind = node.end - rest.trimStart().length;
    // A decorator's node begins behind its at sign.
    return this.#cut({ start: decorators[0] === undefined ? behind : decorators[0].start - 1, end: this.#endOf(node) });
  }

  #unparsable(node: ast.Constant): DraftCell {
    const start = this.#text.indexOf("\n", node.start) + 1;
    const end = this.#text.lastIndexOf("\n", node.end);
    return { kind: "code", lines: this.#cut({ start, end }), metadata: {} };
  }

  #cut(span: Span): readonly DraftLine[] {
    return dedented(this.#text, span, this.#module, this.#index);
  }
}

function appName(node: ast.Stmt): string | undefined {
  if (node.type !== "Assign" || node.value.type !== "Call") return undefined;
  const { func } = node.value;
  const [target] = node.targets;
  const isApp = func.type === "Attribute" && func.attr.name === "App" && target?.type === "Name";
  return isApp ? target.id : undefined;
}

/** What marimo itself writes around the cells. */
function isFrame(node: ast.Stmt, app: string): boolean {
  if (node.type === "Import") return node.names.every(({ name }) => name === "marimo");
  if (node.type === "Expr") return node.value.type === "Constant";
  if (node.type === "If") return node.test.type === "Compare";
  if (node.type !== "Assign") return false;
  const [target] = node.targets;
  return target?.type === "Name" && (target.id === "__generated_with" || target.id === app);
}
