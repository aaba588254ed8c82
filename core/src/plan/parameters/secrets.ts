import type * as ast from "../../python/ast.ts";
import { isDefinition } from "../../python/definition.ts";
import { walk } from "../../python/walk.ts";
import { isNamedSecret, looksSecret } from "../../rules/files/secret-literal.ts";
import { at, type Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";
import { snakeCase } from "../names.ts";
import type { Parameter } from "../plan.ts";
import { literalOf } from "./literal.ts";
import { meaningsOf } from "./meanings.ts";
import { codeUse } from "./parameters.ts";

/** Whether a constant of the notebook is a secret, which no project may hold. */
export function isSecret(name: string, value: ast.Expr): boolean {
  const literal = literalOf(value);
  if (literal?.type !== "str") return false;
  const text = String(literal.value);
  return looksSecret(text) || isNamedSecret(name, text);
}

/** A secret is asked of the environment: the plan knows its name only. */
function asSecret(parameter: Parameter): Parameter {
  const { type: _, bounds: __, choices: ___, optional: ____, ...rest } = parameter;
  return { ...rest, type: "str", default: "", origin: "secret" };
}

/** Secrets that stand as literals where they are used: the same text is one of them. */
export function literalSecrets(bench: Bench, taken: Set<string>): readonly Parameter[] {
  const found = at(bench, "work", "exploration").flatMap((facts) =>
    secretsIn(facts).map((each) => ({ ...each, facts })),
  );
  return [...Map.groupBy(found, ({ text }) => text).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const name = freeName(first.name, taken);
    taken.add(name);
    return asSecret({
      name,
      type: "str",
      default: "",
      help: "",
      origin: "secret",
      cell: first.facts.statement.cell,
      uses: group.map(({ facts, node }) => codeUse(bench, facts, node)),
    });
  });
}

/** The literals of a statement that are secrets. */
export function secretsIn(
  facts: Facts,
): readonly { readonly node: ast.Expr; readonly text: string; readonly name: string }[] {
  const { node: root } = facts.statement;
  const names = new Map<ast.Expr, string>(
    [...meaningsOf(facts.statement)].map(([node, { argument }]) => [node, argument]),
  );
  const inText = new Set<object>();
  const found: { node: ast.Expr; text: string; name: string }[] = [];
  for (const { node } of walk(root)) {
    if (isDefinition(node)) return [];
    if (node.type === "JoinedStr") for (const { node: part } of walk(node)) inText.add(part);
    if (node.type === "Assign") {
      const [target] = node.targets;
      if (target?.type === "Name") names.set(node.value, target.id);
      if (target?.type === "Subscript" && target.slice.type === "Constant")
        names.set(node.value, String(target.slice.value));
    }
    if (node.type === "Dict") {
      for (const [index, key] of node.keys.entries()) {
        const value = node.values[index];
        if (key?.type === "Constant" && key.kind === "str" && value !== undefined) names.set(value, String(key.value));
      }
    }
    if (node.type !== "Constant" || node.kind !== "str" || inText.has(node)) continue;
    const name = names.get(node) ?? "";
    if (isSecret(name, node)) found.push({ node, text: String(node.value), name: nameOf(name, String(node.value)) });
  }
  return found;
}

/** `DATABASE_URL` for an address with a password in it, otherwise what the text is given as. */
function nameOf(name: string, text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return "DATABASE_URL";
  return snakeCase(name).toUpperCase() || "SECRET";
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const start = /^\d/.test(name) ? `SECRET_${name}` : name;
  for (let count = 1; ; count++) {
    const next = count === 1 ? start : `${start}_${count}`;
    if (!taken.has(next)) return next;
  }
}
