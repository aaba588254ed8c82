import { assignedName } from "../../plan/statement-kinds.ts";
import type { ProjectContext } from "../context.ts";
import { spanOfUse } from "../edits/parameter-edits.ts";

/** An attribute of one of the notebook's classes that each run has its own value of. */
export interface ClassSetting {
  /** The class, and the module that it stands in. */
  readonly owner: string;
  readonly module: string;
  readonly attribute: string;
  readonly parameter: string;
}

/** The attributes of classes in modules that parameters are the values of, in the order of the parameters. */
export function classSettings({ plan, source }: ProjectContext): readonly ClassSetting[] {
  const modules = new Map(plan.modules.flatMap(({ name, statements }) => statements.map((id) => [id, name] as const)));
  return plan.parameters.flatMap((parameter) =>
    parameter.uses.flatMap((use): ClassSetting[] => {
      const module = modules.get(use.statement);
      if (module === undefined) return [];
      const sourced = source.statement(use.statement);
      const { node } = sourced.statement;
      if (node.type !== "ClassDef") return [];
      const { start } = spanOfUse(use, sourced);
      const field = node.body.map(assignedName).find((assigned) => assigned?.value.start === start);
      if (field === undefined) return [];
      return [{ owner: node.name.name, module, attribute: field.target.id, parameter: parameter.name }];
    }),
  );
}
