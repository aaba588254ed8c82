import Handlebars from "handlebars";
import type { Templates } from "./project.ts";

const made = new Map<string | TemplateSpecification, Handlebars.TemplateDelegate>();

/** How the project's templates are compiled, here as when Reprise is built. */
export const compileOptions = { noEscape: true, strict: false, knownHelpersOnly: true } as const;

/** Fills a template in; compiled on first use. Throws for a template that is not there: they come with the product. */
export function render(templates: Templates, path: string, view: object): string {
  const source = templates.get(path);
  if (source === undefined) throw new Error(`no template ${path}`);
  let template = made.get(source);
  if (template === undefined) {
    template = typeof source === "string" ? Handlebars.compile(source, compileOptions) : Handlebars.template(source);
    made.set(source, template);
  }
  return template(view);
}
