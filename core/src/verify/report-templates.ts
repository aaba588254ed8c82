import Handlebars from "handlebars";
import { loadTemplates } from "../host/assets.ts";

let environment: typeof Handlebars | undefined;

/** Fills in a page of `templates/report`. Every value is escaped, but for drawings that Reprise made itself. */
export function renderReport(name: "verification" | "summary", view: object): string {
  environment ??= reportTemplates();
  const render = environment.partials[`report/${name}.html.hbs`] as Handlebars.TemplateDelegate;
  return render(view);
}

function reportTemplates(): typeof Handlebars {
  const made = Handlebars.create();
  for (const [path, text] of loadTemplates()) {
    if (path.startsWith("report/")) made.registerPartial(path, made.compile(text, { strict: false }));
  }
  return made;
}
