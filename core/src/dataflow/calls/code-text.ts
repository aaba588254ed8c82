import type { CodeUse } from "../../effects/effect.ts";
import type { Span } from "../../text/position.ts";
import type { Interpreter } from "../interpreter.ts";
import { readGlobal, resolve } from "../names/names.ts";
import { constantOf, nothing, type Value } from "../objects/objects.ts";

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
  if (frame === run.module) readGlobal(run, name, { path: [], span, along: nothing, value: binding?.value ?? nothing });
}
