import Handlebars from "handlebars";
import type { Templates } from "../../project/project.ts";

const made = new WeakMap<Templates, typeof Handlebars>();

/** Fills in a page of `templates/report`. Every value is escaped, but for drawings that Reprise made and HTML that it cleaned. */
export function renderReport(
  templates: Templates,
  name: "verification" | "summary" | "batch" | "run",
  view: object,
): string {
  let environment = made.get(templates);
  if (environment === undefined) {
    environment = reportTemplates(templates);
    made.set(templates, environment);
  }
  const render = environment.partials[`report/${name}.html.hbs`] as Handlebars.TemplateDelegate;
  return render(view);
}

function reportTemplates(templates: Templates): typeof Handlebars {
  const own = Handlebars.create();
  own.registerHelper("withCode", withCode);
  for (const [path, source] of templates) {
    if (!path.startsWith("report/")) continue;
    own.registerPartial(path, typeof source === "string" ? own.compile(source) : own.template(source));
  }
  return own;
}

/** A text of Reprise's own, in which `code` stands between backticks. */
function withCode(text: string): Handlebars.SafeString {
  // What is escaped has its backticks as character references.
  const escaped = Handlebars.escapeExpression(text);
  return new Handlebars.SafeString(escaped.replace(/&#x60;(.+?)&#x60;/g, "<code>$1</code>"));
}
