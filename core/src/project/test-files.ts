import { artifactsOf } from "./artifact-table.ts";
import type { ProjectContext } from "./context.ts";
import { dataFiles } from "./data-files.ts";
import { parametersTest } from "./parameters-test.ts";
import type { Templates } from "./project.ts";
import { recordedMetrics } from "./recorded-metrics.ts";
import { render } from "./render.ts";
import type { ProjectParts } from "./requirements.ts";
import type { StageInterface } from "./stage-module.ts";

const quote = (text: string) => JSON.stringify(text);

/** The tests of the project, not yet formatted, by path below its folder. */
export function testFiles(
  context: ProjectContext,
  stages: readonly StageInterface[],
  parts: ProjectParts,
  templates: Templates,
): ReadonlyMap<string, string> {
  const { plan } = context;
  const page = (name: string, view: object) =>
    [`tests/${name}.py`, render(templates, `project/tests/${name}.py.hbs`, view)] as const;
  const wiring = stages.map(({ stage, function: name }) => {
    const made = artifactsOf(plan, stage).flatMap(({ names }) => names);
    const outputs = [...new Set([...stage.outputs, ...made])].map(quote).join(", ");
    return {
      name: stage.name,
      function: name,
      key: quote(stage.name),
      outputs: outputs === "" ? "set()" : `{${outputs}}`,
    };
  });
  const recorded = plan.seeding.seeded.length === 0 ? recordedMetrics(context) : [];
  const kept = recorded.filter(({ name }) => stages.some(({ metrics }) => metrics.includes(name)));
  return new Map([
    page("test_wiring", { package: plan.package, stages: wiring }),
    page("test_params", parametersTest(context)),
    page("test_artifacts", { package: plan.package, parts }),
    ...(kept.length === 0 ? [] : [page("test_regression", regressionTest(context, kept))]),
  ]);
}

function regressionTest(context: ProjectContext, recorded: ReturnType<typeof recordedMetrics>): object {
  return {
    package: context.plan.package,
    data: dataFiles(context).map(quote).join(", "),
    recorded: recorded.map(({ name, value, precision }) => ({ key: quote(name), value, precision })),
  };
}
