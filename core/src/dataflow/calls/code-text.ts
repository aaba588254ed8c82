import type { CodeUse } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import type { Span } from "../../text/position.ts";
import { add } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import { isBuiltin } from "../names/injected-names.ts";
import { bindName, readGlobal, resolve } from "../names/names.ts";
import { constantOf, nothing, reachable, union, type Value } from "../objects/value.ts";
import { change } from "../statements/changes.ts";
import { handOver } from "./handed-over.ts";

/**
 * Notes the names that code in a text reads: for sure after `@` in a query, perhaps elsewhere, where a column may be
 * meant. A text that is not known can only name what stands in a text of the notebook that was made before.
 */
export function readCode(run: Interpreter, given: Value, language: CodeUse["language"], span: Span): void {
  if (given.size === 0) return;
  const text = constantOf(given);
  if (typeof text === "string" && language === "query") {
    for (const name of namesIn(text, queried)) readName(run, name, span);
    return;
  }
  run.maybe(() => {
    for (const name of typeof text === "string" ? namesIn(text, identifiers) : run.wordsInTexts()) {
      if (resolve(run, name).binding !== undefined) readName(run, name, span);
    }
  });
}

/**
 * What `exec` or `eval` does with a text that is known, as far as its words tell: what it names may be read and changed,
 * what it may assign to is bound. `undefined` where the text can reach names that it does not have.
 */
export function runText(run: Interpreter, text: string, by: "exec" | "eval", site: ast.Call): Value | undefined {
  if (reaching.test(text)) return undefined;
  const words = [...new Set(namesIn(text, identifiers))];
  const why = `${by} runs the code of a text`;
  const held = run.maybe(() => {
    const values: Value[] = [];
    for (const name of words) {
      const { frame, binding } = resolve(run, name);
      if (binding === undefined) continue;
      if (frame === run.module) readName(run, name, site);
      values.push(binding.value);
      if (by === "exec" || text.includes("(")) {
        change(run, binding.value, { path: [], span: site, base: name, must: false, deep: true, views: true, why });
      }
    }
    const all = union(...values);
    handOver(run, all, all, site);
    return all;
  });
  const made = run.at(site, { mutable: true });
  for (const object of made) run.heap.hold(object, "*", held, run.now);
  if (by === "exec") bindWords(run, text, made, site);
  return union(made, new Set([...reachable(held)].filter(({ mutable }) => mutable)));
}

/** Words by which code reaches names that it does not mention. */
const reaching = /__|\b(?:exec|eval|compile|globals|locals|vars|get_ipython|modules|_getframe)\b|\bimport\s*\(?\s*\*/;

/** Binds, perhaps, every name that stands where a text can bind one: of a function's own names it binds none. */
function bindWords(run: Interpreter, text: string, value: Value, site: ast.Call): void {
  if (run.frame !== run.module && !/\bglobal\b/.test(text)) return;
  const names = new Set([...(binding.test(text) ? namesIn(text, assigned) : []), ...namesIn(text, declared)]);
  for (const name of names) {
    if (isBuiltin(name) && run.module.layer.get(name) === undefined) continue;
    const bind = () => {
      run.within(run.module, () => bindName(run, name, value, site));
      return "next" as const;
    };
    run.branches([bind, () => "next"]);
  }
}

const binding = /[^=!<>]=(?!=)|\b(?:for|with|case)\b/;
/** Before `=`, an operator with `=`, `in`, or what can stand between targets. */
const assigned =
  /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)(?=\s*(?:=(?!=)|:|,|\)|\]|(?:[-+*/%&|^@]|\/\/|\*\*|<<|>>)=|in\b))/gu;
const declared = /\b(?:import|as|def|class|global|del)\s+([\p{L}_][\p{L}\p{N}_]*)/gu;

/** The words of a text that could be names. */
export function wordsOf(text: string): Iterable<string> {
  return namesIn(text, identifiers);
}

const queried = /@\s*([\p{L}_][\p{L}\p{N}_]*)/gu;
const identifiers = /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)/gu;

function* namesIn(text: string, pattern: RegExp): Generator<string> {
  for (const match of text.matchAll(pattern)) yield match[1] as string;
}

function readName(run: Interpreter, name: string, span: Span): void {
  const { frame, binding } = resolve(run, name);
  if (frame !== run.module) return;
  readGlobal(run, name, { path: [], span, along: nothing, value: binding?.value ?? nothing });
  const definition = run.activations.findLast((activation) => activation.definition !== undefined)?.definition;
  if (definition !== undefined) add(run.journal, definition, definition.textReads, name);
}
