import type { StatementId } from "../../../core/src/dataflow/model.ts";
import type { CodeUse, Planned } from "../../../core/src/plan/plan.ts";
import { allowedText } from "../../../core/src/project/pages/parameter-words.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";

/** A plan as people read it: every statement by the first line of its text. */
export function planText(planned: Planned, analysis: Analysis): string {
  if (planned.outcome === "diagnosed") {
    return `${planned.reasons.map(({ rule, cell, range, message }) => `${rule} cell ${cell} line ${range.start.line}: ${message}`).join("\n")}\n`;
  }
  const { plan } = planned;
  const textOf = (id: StatementId): string => {
    const statement = analysis.document.statements.find((each) => each.id === id);
    const cell = analysis.document.cells.find(({ cell }) => cell.index === statement?.cell);
    return cell && statement ? (cell.translation.python.slice(statement.node.start).split("\n", 1)[0] as string) : "?";
  };
  const use = ({ statement, start, end }: CodeUse): string => {
    const source = analysis.notebook.cells[Number.parseInt(statement, 10)]?.source ?? "";
    return `${statement} ${source.slice(start, end).split("\n", 1)[0]}`;
  };
  const code = (ids: readonly StatementId[]) => ids.map((id) => `    ${id.padEnd(6)}${textOf(id)}`);
  const lines: string[] = [`order: ${plan.order.cells.join(" ")} (${plan.order.why})`];
  const section = (title: string, body: readonly string[]) => {
    if (body.length > 0) lines.push("", title, ...body);
  };
  section("imports", code(plan.imports));
  section("settings", code(plan.settings));
  section(
    "parameters",
    plan.parameters.map(
      ({ name, type, default: value, origin, replaces, uses, help, ...allowed }) =>
        `    ${name}: ${[type, allowedText(allowed)].join(" ").trim()} = ${JSON.stringify(value)} (${origin}${replaces ? `, replaces ${replaces}` : ""}${help ? `; ${help}` : ""})${uses.map((each) => `\n        ${use(each)}`).join("")}`,
    ),
  );
  for (const module of plan.modules) {
    section(`module ${module.name}`, [
      ...code(module.statements),
      ...module.lifts.map(
        ({ function: name, globals, calls }) =>
          `    lift ${name}(${globals.join(", ")}) at ${calls.map(use).join("; ")}`,
      ),
      ...(module.named ?? []).map((each) => `    ${each.function} for ${use(each.use)}`),
    ]);
  }
  for (const stage of plan.stages) {
    section(`stage ${stage.name}: ${stage.title}${stage.isReport ? " (report)" : ""}`, [
      ...(stage.after ? [`    after ${stage.after.join(", ")}`] : []),
      ...stage.inputs.map(({ name, from }) => `    < ${name} from ${from}`),
      ...code(stage.statements),
      ...stage.outputs.map((name) => `    > ${name}`),
    ]);
  }
  section(
    "artifacts",
    plan.artifacts.map(
      ({ name, names, from, to }) =>
        `    ${name}${names.length > 1 ? ` [${names.join(", ")}]` : ""}: ${from} to ${to.join(", ")}`,
    ),
  );
  section(
    "metrics",
    plan.metrics.map(({ name, stage, expression }) => `    ${name} = ${expression} in ${stage}`),
  );
  const { seeded, carried, default: seed } = plan.seeding;
  section("seeding", [
    ...(seeded.length > 0 ? [`    seeded from ${seed}: ${seeded.join(", ")}`] : []),
    ...carried.map(({ stream, from, to }) => `    ${stream} carried from ${from} to ${to.join(", ")}`),
  ]);
  section(
    "left out",
    plan.leftOut.map(({ statement, why }) => `    ${statement.padEnd(6)}${textOf(statement)}: ${why}`),
  );
  section(
    "notes",
    plan.notes.map((note) => `    ${note}`),
  );
  return `${lines.join("\n")}\n`;
}
