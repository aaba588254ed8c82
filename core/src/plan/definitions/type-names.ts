import { isBuiltin } from "../../dataflow/names/injected-names.ts";
import type * as ast from "../../python/ast.ts";
import { isDefinition } from "../../python/definition.ts";
import { globalNames } from "../../python/scopes.ts";
import { at, type Bench, open } from "../bench.ts";
import { needs } from "../facts.ts";
import { assignedName } from "../statement-kinds.ts";

/** Modules whose names stand for types, whatever is asked of them. */
const typeModules = new Set(["typing", "typing_extensions", "collections.abc", "numpy.typing"]);

/**
 * Which names the notebook gives to types and to Python's own functions for its definitions to use: `Square = str`,
 * `Values = Dict[Square, Set[int]]`, `number = len`. They belong with what uses them; what only the steps use stays there.
 */
export function typeNames(bench: Bench): ReadonlySet<string> {
  const typing = typingNames(bench);
  const named = new Map(
    open(bench).flatMap((facts) => {
      const assigned = assignedName(facts.statement.node);
      return assigned !== undefined && isType(assigned.value, typing) ? [[facts, assigned.target.id] as const] : [];
    }),
  );
  const used = new Set(
    open(bench).flatMap((facts) => {
      if (!isDefinition(facts.statement.node) && !named.has(facts)) return [];
      return [...needs(facts), ...globalNames(facts.statement.node)].filter((name) => name !== named.get(facts));
    }),
  );
  return new Set([...named.values()].filter((name) => used.has(name)));
}

/** What the notebook calls what it has from modules of types, `typing` itself included. */
function typingNames(bench: Bench): ReadonlySet<string> {
  return new Set(
    at(bench, "import").flatMap(({ statement: { node } }) => {
      if (node.type === "Import")
        return node.names
          .filter(({ name }) => typeModules.has(name))
          .map(({ name, asname }) => asname?.name ?? (name.split(".", 1)[0] as string));
      if (node.type !== "ImportFrom" || node.level > 0 || !typeModules.has(node.module ?? "")) return [];
      return node.names.map(({ name, asname }) => asname?.name ?? name);
    }),
  );
}

/** Whether an expression is a type or a built-in function whatever the names in it hold, so that it can stand in a module. */
function isType(node: ast.Expr, typing: ReadonlySet<string>): boolean {
  switch (node.type) {
    case "Name":
      return isBuiltin(node.id) || typing.has(node.id);
    case "Attribute":
      return node.value.type === "Name" && typing.has(node.value.id);
    case "Subscript":
      return isType(node.value, typing) && isArgument(node.slice, typing);
    case "BinOp":
      return node.op === "|" && [node.left, node.right].some((side) => isNone(side) || isType(side, typing));
    default:
      return false;
  }
}

/** What stands between the brackets of a type: other types, by whatever name. */
function isArgument(node: ast.Expr, typing: ReadonlySet<string>): boolean {
  if (node.type === "Tuple" || node.type === "List") return node.elts.every((each) => isArgument(each, typing));
  return node.type === "Name" || node.type === "Constant" || node.type === "Attribute" || isType(node, typing);
}

function isNone(node: ast.Expr): boolean {
  return node.type === "Constant" && node.kind === "none";
}
