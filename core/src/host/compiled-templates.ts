/** Those of `templates/` that a build compiled, by their path there; scripts/compiled-templates.ts puts them here. */
export const compiledTemplates: Readonly<Record<string, TemplateSpecification>> = {};
