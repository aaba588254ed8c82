/** `templates/`, by their path there, in a built package: scripts/compiled-templates.ts puts them here. */
export const compiledTemplates: Readonly<Record<string, TemplateSpecification>> | undefined = undefined;
