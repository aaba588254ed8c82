import { artifactsOf } from "../artifact-table.ts";
import type { ProjectContext } from "../context.ts";
import { dataFiles } from "../data-files.ts";
import type { CheckedTable } from "../modules/data-checks.ts";
import { secretsOf } from "../modules/parameters-view.ts";
import type { StageInterface } from "../modules/stage-interface.ts";
import type { Templates } from "../project.ts";
import { pythonText } from "../python-text.ts";
import { render } from "../render.ts";
import type { ProjectParts } from "../requirements.ts";
import { parametersTest } from "./parameters-test.ts";
import { type RecordedMetric, recordedMetrics } from "./recorded-metrics.ts";
import { recordedText } from "./recorded-values.ts";
import { stageTests } from "./stage-tests.ts";

/** The tests of the project, not yet formatted, by path below its folder. */
export function testFiles(
  context: ProjectContext,
  stages: readonly StageInterface[],
  parts: ProjectParts,
  tables: readonly CheckedTable[],
  templates: Templates,
): ReadonlyMap<string, string> {
  const { plan } = context;
  const page = (name: string, view: object) =>
    [`tests/${name}.py`, render(templates, `project/tests/${name}.py.hbs`, view)] as const;
  const wiring = stages.map(({ stage, function: name }) => {
    const made = artifactsOf(plan, stage).flatMap(({ names }) => names);
    const outputs = [...new Set([...stage.outputs, ...made])].map(pythonText).join(", ");
    return {
      name: stage.name,
      function: name,
      key: pythonText(stage.name),
      outputs: outputs === "" ? "set()" : `{${outputs}}`,
    };
  });
  const view = {
    package: plan.package,
    prefix: plan.package.toUpperCase(),
    parts,
    data: dataFiles(context).map(pythonText).join(", "),
    secrets: secretsOf(plan)
      .map(({ name }) => pythonText(name))
      .join(", "),
    metrics: keptMetrics(context, stages).length > 0,
  };
  return new Map([
    page("test_wiring", { package: plan.package, stages: wiring }),
    page("test_params", parametersTest(context)),
    page("test_artifacts", view),
    page("conftest", view),
    page("pipeline_run", view),
    page("value_summary", view),
    page("test_stages", { ...view, ...stageTests(context, stages) }),
    page("test_regression", view),
    ...(tables.length > 0 ? [page("test_checks", { package: plan.package, pandera: parts.pandera })] : []),
  ]);
}

/** Modules of the tests that others of them import. */
export const testModules = ["pipeline_run", "value_summary"];

/** What the regression test compares with. */
export function recordedValues(context: ProjectContext, stages: readonly StageInterface[]): string {
  return recordedText(context, keptMetrics(context, stages));
}

/** Numbers in saved outputs; none of a notebook that draws without a seed, since it gave others each time. */
function keptMetrics(context: ProjectContext, stages: readonly StageInterface[]): readonly RecordedMetric[] {
  if (context.plan.seeding.seeded.length > 0) return [];
  return recordedMetrics(context).filter(({ name }) => stages.some(({ metrics }) => metrics.includes(name)));
}
