import type { Dataflow } from "../../dataflow/model.ts";

/** What the functions of the project's module `displays` are called where the notebook's code stands. */
export interface DisplayFunctions {
  readonly show: string;
  readonly figures: string;
  /** The notebook has a function `display` of its own. */
  readonly isDisplayOwn: boolean;
}

/** Their own names, unless the notebook binds such a name itself (`def show(image)`). */
export function displayFunctions({ statements, definitions }: Dataflow): DisplayFunctions {
  const bound = new Set(statements.flatMap(({ accesses }) => accesses.flatMap((access) => boundName(access))));
  const free = (name: string, otherwise: string) => (bound.has(name) ? otherwise : name);
  return {
    show: free("show", "show_value"),
    figures: free("show_figures", "show_open_figures"),
    isDisplayOwn: definitions.some(({ name }) => name === "display"),
  };
}

function boundName({ kind, place }: Dataflow["statements"][number]["accesses"][number]): readonly string[] {
  return kind === "bind" && place.path.length === 0 ? [place.name] : [];
}

/** The imports of those that a module's text calls. */
export function displayImports({ show, figures }: DisplayFunctions, text: string): readonly string[] {
  return [
    ["show", show],
    ["show_figures", figures],
  ].flatMap(([name, here]) => {
    if (!new RegExp(`\\b${here}\\(`).test(text)) return [];
    return [`from .displays import ${name === here ? name : `${name} as ${here}`}`];
  });
}
