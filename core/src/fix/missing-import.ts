import type { AnalysedCell } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";
import type { Fixer } from "./fixer.ts";
import { placeImports } from "./import-place.ts";
import known from "./known-imports.json" with { type: "json" };

const modules: ReadonlyMap<string, string> = new Map(Object.entries(known.modules));
const names: ReadonlyMap<string, string> = new Map(Object.entries(known.names));

/** Attributes that the class `datetime` has and the module of that name has not. */
const ofDatetimeClass = new Set(
  "now today strptime fromtimestamp utcnow utcfromtimestamp combine fromisoformat".split(" "),
);

/** Imports a name whose origin is certain, by what everybody calls it and by how it is used. */
export const missingImport: Fixer = ({ document }, { cell, subject }) => {
  const statement = importOf(subject, usesOf(document.cells, subject));
  if (statement === undefined) return undefined;
  return { id: "add-import", title: `Add \`${statement}\``, ...placeImports(document, [statement], cell) };
};

/** How a name is used: the attributes taken of it, and whether it also stands alone. */
interface Uses {
  readonly attributes: ReadonlySet<string>;
  readonly alone: boolean;
}

function importOf(name: string, { attributes, alone }: Uses): string | undefined {
  const home = names.get(name);
  const isClass = name === "datetime" && [...attributes].some((attribute) => ofDatetimeClass.has(attribute));
  if (home !== undefined && (alone || !modules.has(name) || isClass)) {
    // As a function and as a module at once: one import cannot give both.
    if (alone && attributes.size > 0 && modules.has(name) && !isClass) return undefined;
    return home === "tqdm" ? "from tqdm.auto import tqdm" : `from ${home} import ${name}`;
  }
  const module = modules.get(name);
  if (module === undefined || alone || attributes.size === 0) return undefined;
  return module === name || module.startsWith(`${name}.`) ? `import ${module}` : `import ${module} as ${name}`;
}

function usesOf(cells: readonly AnalysedCell[], name: string): Uses {
  const attributes = new Set<string>();
  let alone = false;
  for (const { module, translation } of cells) {
    if (!translation.python.includes(name)) continue;
    const roots = new Set<ast.Expr>();
    for (const { node } of walk(module)) {
      if (node.type === "Attribute" && node.value.type === "Name" && node.value.id === name) {
        attributes.add(node.attr.name);
        roots.add(node.value);
      } else if (node.type === "Name" && node.id === name && !roots.has(node)) alone = true;
    }
  }
  return { attributes, alone };
}
