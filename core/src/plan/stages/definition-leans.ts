import { EffectCatalog } from "../../effects/catalog.ts";
import type * as ast from "../../python/ast.ts";
import { isDefinition, isFunction } from "../../python/definition.ts";
import { walk } from "../../python/walk.ts";
import { append } from "../../text/append.ts";
import { at, type Bench } from "../bench.ts";
import { saidBy } from "./heading-names.ts";
import { type DefinitionLean, type Lean, type LeanDraft, type Phase, phases, raiseAll, weigh } from "./phases.ts";

/** What a class is of that has such a base; the first that fits counts. */
const ofBase: readonly (readonly [RegExp, Lean])[] = [
  [/\.TransformerMixin$|\.data\.(Iterable)?Dataset$/, { features: 1 }],
  [/\.nn\.Module$|\bkeras\.([\w.]+\.)?(Model|Layer|Sequential)$|\bLightningModule$|^sklearn\.base\./, { train: 2 }],
];

/** How much the name of a function says that does nothing that anybody knows: `load_data`, `make_features`. */
const weightOfName = 2;

/** A function, a method (`Model.fit`) or a class of the notebook. */
interface Code {
  readonly name: string;
  readonly lean: LeanDraft;
  /** Other code of the notebook that runs where it is called. */
  readonly callees: readonly string[];
}

/**
 * What the notebook's own functions, methods and classes do when they are called: by the calls in them, those of each
 * other included, by the bases of a class, and by what they are called where nothing else says it.
 */
export function leansOfDefinitions(bench: Bench): ReadonlyMap<string, DefinitionLean> {
  const catalog = new EffectCatalog(bench.analysis.versions ?? {});
  const definitions = definitionsOf(bench);
  const all = definitions.flatMap(({ name, node, imported }) =>
    isFunction(node) ? [codeOf(name, node, "", imported, catalog)] : codesOfClass(name, node, imported, catalog),
  );
  const codes = new Map(all.map((code) => [code.name, code]));
  const callers = new Map<string, Code[]>();
  for (const code of codes.values()) for (const callee of code.callees) append(callers, callee, code);
  // What a callee speaks for its callers speak for too; each can rise a few times only.
  const risen = [...codes.values()];
  for (let code = risen.pop(); code !== undefined; code = risen.pop())
    for (const caller of callers.get(code.name) ?? []) if (raiseAll(caller.lean, code.lean)) risen.push(caller);
  const names = new Map(
    definitions.flatMap(({ name, node }) => (isFunction(node) ? [[name, leanOfName(node)] as const] : [])),
  );
  return new Map(
    [...codes.values()].map(({ name, lean }) => {
      const isKnown = Object.keys(lean).length > 0;
      return [name, { lean: isKnown ? lean : (names.get(name) ?? {}), isSaid: !isKnown }];
    }),
  );
}

/** A function or class with what the names stand for that its code imports. */
interface Defined {
  readonly name: string;
  readonly node: ast.FunctionDef | ast.ClassDef;
  readonly imported: ReadonlyMap<string, string>;
}

/** Those of the notebook, and those of its own modules (`helpers.load`). */
function definitionsOf(bench: Bench): readonly Defined[] {
  const { dataflow } = bench;
  const imported = importedAs(at(bench, "import").map(({ statement }) => statement.node));
  const modules = dataflow.world.ownModules?.found() ?? [];
  return [
    ...dataflow.definitions.map(({ name, node }) => ({ name, node, imported })),
    ...modules.flatMap(({ name: home, module: { body } }) => {
      const nodes = body.filter(isDefinition);
      const full = nodes.map((node) => [node.name.name, `${home}.${node.name.name}`] as const);
      const known = new Map([...importedAs(body), ...full]);
      return nodes.map((node) => ({ name: `${home}.${node.name.name}`, node, imported: known }));
    }),
  ];
}

function codesOfClass(
  name: string,
  node: ast.ClassDef,
  imported: ReadonlyMap<string, string>,
  catalog: EffectCatalog,
): Code[] {
  const methods = node.body.flatMap((part) =>
    isFunction(part) ? [codeOf(`${name}.${part.name.name}`, part, name, imported, catalog)] : [],
  );
  const bases = node.bases.flatMap((base) => qualified(base, imported) ?? []);
  const known = ofBase.find(([pattern]) => bases.some((base) => pattern.test(base)))?.[1];
  return [...methods, { name, lean: { ...known }, callees: [`${name}.__init__`, ...bases] }];
}

/** @param owner The class that it is a method of. */
function codeOf(
  name: string,
  node: ast.FunctionDef,
  owner: string,
  imported: ReadonlyMap<string, string>,
  catalog: EffectCatalog,
): Code {
  const lean: LeanDraft = {};
  const callees: string[] = [];
  for (const { node: call } of walk(node)) {
    if (call.type !== "Call") continue;
    const text = qualified(call.func, new Map()) ?? (call.func.type === "Attribute" ? `.${call.func.attr.name}` : "");
    const callee = qualified(call.func, imported);
    const role = callee === undefined ? undefined : catalog.lookup(callee)?.role;
    weigh(lean, { node: call, text, ...(callee && { callee }), ...(role && { role }) }, false);
    if (callee !== undefined) callees.push(callee.replace(/^self\./, `${owner}.`));
  }
  return { name, lean, callees };
}

/** `sklearn.metrics.r2_score` for `metrics.r2_score`; undefined for what is no name with attributes. */
function qualified(node: ast.Expr, imported: ReadonlyMap<string, string>): string | undefined {
  const parts: string[] = [];
  let part = node;
  for (; part.type === "Attribute"; part = part.value) parts.unshift(part.attr.name);
  return part.type === "Name" ? [imported.get(part.id) ?? part.id, ...parts].join(".") : undefined;
}

/** What each name that an import binds stands for. */
function importedAs(nodes: readonly ast.Stmt[]): ReadonlyMap<string, string> {
  return new Map(
    nodes.flatMap((node) => {
      if (node.type === "Import")
        return node.names.flatMap(({ name, asname }) => (asname === undefined ? [] : [[asname.name, name] as const]));
      if (node.type !== "ImportFrom" || node.module === undefined) return [];
      return node.names.map(({ name, asname }) => [asname?.name ?? name, `${node.module}.${name}`] as const);
    }),
  );
}

/** By its name, where it hands something on: what only does something may do it for any reason. */
function leanOfName(node: ast.FunctionDef): Lean {
  const said = saidBy(node.name.name.replaceAll("_", " "));
  const handsOn = walk(node).some(({ node: part }) => part.type === "Return" && part.value !== undefined);
  return handsOn && phases.includes(said as Phase) ? { [said as Phase]: weightOfName } : {};
}
