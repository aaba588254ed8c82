import { parametersOf } from "../project/modules/parameters-view.ts";
import { render } from "../project/render.ts";
import type { Target } from "./target.ts";

/** A workflow may ask for this many inputs (https://docs.github.com/actions/reference/workflow-syntax-for-github-actions). */
const mostInputs = 25;

/** GitHub Actions: a job a stage; values travel as artifacts of the workflow's run. */
export const githubActions: Target = {
  name: "github-actions",
  title: "GitHub Actions",
  files({ plan, project, templates }) {
    const prefix = plan.package.toUpperCase();
    const parameters = parametersOf(plan)
      .slice(0, mostInputs)
      .map(({ name, help }) => ({
        name,
        description: yamlTitle(`${help === "" ? "" : `${help.replace(/\s+/g, " ")} `}Empty: as in params.yaml.`),
        variable: `${prefix}_${name.toUpperCase()}`,
      }));
    const stages = project.stages.map((stage) => ({
      ...stage,
      title: yamlTitle(stage.title),
      isLocked: project.files.has("pylock.toml"),
      hasMetrics: stage.metrics.length > 0,
    }));
    const view = {
      package: plan.package,
      title: yamlTitle(plan.notebook.title),
      python: project.python,
      parameters,
      stages,
    };
    return new Map([
      [`.github/workflows/${plan.package}.yml`, render(templates, "targets/github-actions/workflow.yml.hbs", view)],
    ]);
  },
};

/** A title as a YAML text in which GitHub finds no expression to evaluate. */
function yamlTitle(title: string): string {
  return JSON.stringify(title.replaceAll("${{", "$ {{"));
}
