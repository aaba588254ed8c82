import type { Interpreter } from "../interpreter.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { callMethod } from "./notebook-call.ts";
import { allArguments, type CallArguments, noArguments } from "./returned.ts";

/** Methods by which Python asks an object for the same thing, the first that its class has. */
type Asked = readonly string[];

const asText: Asked = ["__str__", "__repr__"];
const asTruth: Asked = ["__bool__", "__len__"];

/** What builtins call of the objects that they are given, or of what these hold. */
const byBuiltins: Readonly<Record<string, { readonly asks: readonly Asked[]; readonly ofElements?: true }>> = {
  "builtins.len": { asks: [["__len__"]] },
  "builtins.bool": { asks: [asTruth] },
  "builtins.str": { asks: [asText] },
  "builtins.print": { asks: [asText] },
  "builtins.repr": { asks: [["__repr__"]] },
  "builtins.format": { asks: [["__format__"], asText] },
  "builtins.hash": { asks: [["__hash__"]] },
  "builtins.abs": { asks: [["__abs__"]] },
  "builtins.round": { asks: [["__round__"]] },
  "builtins.int": { asks: [["__int__", "__index__"]] },
  "builtins.float": { asks: [["__float__", "__index__"]] },
  "builtins.next": { asks: [["__next__"]] },
  "builtins.dir": { asks: [["__dir__"]] },
  "builtins.any": { asks: [asTruth], ofElements: true },
  "builtins.all": { asks: [asTruth], ofElements: true },
  "builtins.sum": { asks: [["__radd__", "__add__"]], ofElements: true },
  "builtins.sorted": { asks: [["__lt__", "__gt__"]], ofElements: true },
  "builtins.min": { asks: [["__lt__", "__gt__"]], ofElements: true },
  "builtins.max": { asks: [["__gt__", "__lt__"]], ofElements: true },
  "builtins.set": { asks: [["__hash__"], ["__eq__"]], ofElements: true },
  "builtins.list.sort": { asks: [["__lt__", "__gt__"]], ofElements: true },
  "builtins.list.index": { asks: [["__eq__"]], ofElements: true },
  "builtins.list.count": { asks: [["__eq__"]], ofElements: true },
  "builtins.list.remove": { asks: [["__eq__"]], ofElements: true },
};

/** Follows the methods of the notebook's classes that a builtin calls. */
export function askedByBuiltin(run: Interpreter, qualified: string, args: CallArguments, site: object): void {
  const known = byBuiltins[qualified];
  if (known === undefined) return;
  const given = union(args.self ?? nothing, allArguments(args));
  const asked = known.ofElements === true ? union(given, heldBy(run, given)) : given;
  const others = { ...noArguments, positional: [asked] };
  for (const methods of known.asks) ask(run, asked, methods, others, site);
}

/** Calls the first of the methods that an object's class of the notebook has, on each; `undefined` where none has any. */
export function ask(
  run: Interpreter,
  value: Value,
  methods: Asked,
  args: CallArguments,
  site: object,
): Value | undefined {
  const results: Value[] = [];
  for (const object of value) {
    if (object.classes.size === 0) continue;
    for (const method of methods) {
      const result = callMethod(run, new Set([object]), method, args, site);
      if (result === undefined) continue;
      results.push(result);
      break;
    }
  }
  return results.length === 0 ? undefined : union(...results);
}

/** How Python writes a value into a text. */
export function askForText(run: Interpreter, value: Value, site: object): void {
  ask(run, value, ["__format__", ...asText], noArguments, site);
}

/** `left op right`: the left one's method, and the right one's where it stands for the left one's. */
export function askBoth(
  run: Interpreter,
  [left, right]: readonly [Value, Value],
  [method, reflected]: readonly [string, string],
  site: object,
): Value | undefined {
  const own = ask(run, left, [method], { ...noArguments, positional: [right] }, site);
  const other = ask(run, right, [reflected], { ...noArguments, positional: [left] }, site);
  return own === undefined && other === undefined ? undefined : union(own ?? nothing, other ?? nothing);
}

/** Elements that are instances of the notebook's classes; going through them again would use up iterators. */
function heldBy(run: Interpreter, given: Value): Value {
  const holders = [...given].filter(({ reachesCode, type }) => reachesCode && type?.startsWith("builtins.") === true);
  return holders.length === 0 ? nothing : union(...holders.map((one) => run.heap.items(new Set([one]))));
}
