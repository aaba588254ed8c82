import type { Dataflow } from "../dataflow/model.ts";
import { cellsWithOpenFigures } from "../dataflow/process/open-figures.ts";
import { NamesInTexts } from "../plan/definitions/names-in-texts.ts";
import { dataflowOf } from "../plan/order.ts";
import type { PipelinePlan } from "../plan/plan.ts";
import type { Analysis } from "../rules/analysis.ts";
import { type DisplayFunctions, displayFunctions } from "./edits/display-functions.ts";
import { definitionHomes } from "./modules/definition-table.ts";
import { ImportTable } from "./modules/import-table.ts";
import { NotebookSource } from "./notebook-source.ts";
import type { ProjectObservation } from "./observation.ts";
import { type Prose, proseOf } from "./pages/prose.ts";

/** What every part of the generated project is made from. */
export interface ProjectContext {
  readonly plan: PipelinePlan;
  readonly analysis: Analysis;
  /** In the order that the plan follows. */
  readonly dataflow: Dataflow;
  readonly source: NotebookSource;
  readonly imports: ImportTable;
  /** The module that each definition of the notebook moves to. */
  readonly definitions: ReadonlyMap<string, string>;
  readonly namesInTexts: NamesInTexts;
  readonly displays: DisplayFunctions;
  /** Cells that leave their figures open for the next ones. */
  readonly openFigures: ReadonlySet<number>;
  /** What the author wrote between the code. */
  readonly prose: Prose;
  /** What running showed, where the project was proven. */
  readonly observation?: ProjectObservation;
}

/** What the parts of a project have in common, for a plan of this notebook. */
export function projectContext(
  plan: PipelinePlan,
  analysis: Analysis,
  observation?: ProjectObservation,
): ProjectContext {
  const dataflow = dataflowOf(plan, analysis);
  const source = new NotebookSource(dataflow, analysis.document, plan.notebook.path);
  return {
    plan,
    analysis,
    dataflow,
    source,
    imports: new ImportTable(plan.imports, source),
    definitions: definitionHomes(plan, source),
    namesInTexts: new NamesInTexts(dataflow),
    displays: displayFunctions(dataflow),
    openFigures: cellsWithOpenFigures(dataflow),
    prose: proseOf(analysis.notebook, plan, source),
    ...(observation && { observation }),
  };
}
