import { render } from "../project/render.ts";
import type { Target } from "./target.ts";

/** DVC (https://dvc.org/doc/user-guide/project-structure/dvcyaml-files): runs again only what a change concerns. */
export const dvc: Target = {
  name: "dvc",
  title: "DVC",
  files({ project, templates }) {
    // Another version of a library may compute something else.
    const lock = project.files.has("pylock.toml") ? ["pylock.toml"] : [];
    const stages = project.stages.map((stage) => ({
      ...stage,
      dependencies: [...stage.code, ...stage.data, ...stage.needs.map((needed) => `work/${needed}`), ...lock].map(
        yamlText,
      ),
    }));
    const metrics = project.stages.filter(({ metrics: names }) => names.length > 0).map(({ name }) => name);
    const view = { package: project.package, stages, metrics };
    return new Map([
      ["dvc.yaml", render(templates, "targets/dvc/dvc.yaml.hbs", view)],
      [".dvcignore", render(templates, "targets/dvc/dvcignore.hbs", view)],
    ]);
  },
};

/** A path as a YAML scalar: JSON's texts are YAML's. */
function yamlText(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : JSON.stringify(text);
}
