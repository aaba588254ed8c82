import Handlebars from "handlebars";
import type { Templates } from "./project.ts";

const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** Fills a template in; compiled on first use. Throws for a template that is not there: they come with the product. */
export function render(templates: Templates, path: string, view: object): string {
  const text = templates.get(path);
  if (text === undefined) throw new Error(`no template ${path}`);
  let template = compiled.get(text);
  if (template === undefined) {
    template = Handlebars.compile(text, { noEscape: true, strict: false, knownHelpersOnly: true });
    compiled.set(text, template);
  }
  return template(view);
}
