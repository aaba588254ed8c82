import type { Stage } from "../../plan/plan.ts";
import type { ProjectContext } from "../context.ts";
import type { Annotation } from "../modules/annotation.ts";
import type { StageInterface } from "../modules/stage-interface.ts";
import { typeOf } from "../modules/value-types.ts";
import { pythonText } from "../python-text.ts";
import { readColumns } from "../read-columns.ts";
import { freshName } from "../words.ts";

/** What `tests/test_stages.py` is filled in with. */
export interface StageTests {
  readonly imports: readonly string[];
  readonly stages: readonly { readonly name: string; readonly lines: readonly string[] }[];
}

/** Classes that are what an annotation means, for whoever may be given numpy's instead. */
const abstract: Readonly<Record<string, readonly [text: string, imports: string]>> = {
  float: ["Real", "from numbers import Real"],
  int: ["Integral", "from numbers import Integral"],
};

/** A test a stage: what it hands on is of the type that it says, and a table has the columns that later stages read. */
export function stageTests(context: ProjectContext, stages: readonly StageInterface[]): StageTests {
  const imports = new Set<string>();
  const tests = stages.map(({ stage, metrics }) => {
    const lines = stage.outputs.flatMap((name) => outputLines(context, stage, name, imports));
    const reported =
      metrics.length === 0 ? [] : [`assert run.metrics().keys() >= {${metrics.map(pythonText).join(", ")}}`];
    const all = [...lines, ...reported];
    return {
      name: stage.name,
      lines: all.length > 0 ? all : [`assert (run.work / ${pythonText(stage.name)}).is_dir(), run.said`],
    };
  });
  return { imports: [...imports].sort(), stages: tests };
}

function outputLines(context: ProjectContext, stage: Stage, name: string, imports: Set<string>): readonly string[] {
  const annotation = typeOf(context, stage.name, name);
  const columns = readColumns(context, stage.name, name);
  const tested = classOf(context, annotation);
  const read = `run.value(${pythonText(stage.name)}, ${pythonText(name)})`;
  if (tested === undefined) return columns.length === 0 ? [read] : [`assert ${setOf(columns)} <= set(${read}.columns)`];
  for (const text of tested.imports) imports.add(text);
  const isTable = annotation.text.endsWith("DataFrame") && columns.length > 0;
  if (!isTable) return [`assert isinstance(${read}, ${tested.text})`];
  const local = freshName(name, new Set(["run", "pytest", tested.text]), "table");
  return [
    `${local} = ${read}`,
    `assert isinstance(${local}, ${tested.text})`,
    `assert ${setOf(columns)} <= set(${local}.columns)`,
  ];
}

/** What `isinstance` is asked for; undefined where nothing is known, or only what no class is. */
function classOf(context: ProjectContext, annotation: Annotation): Omit<Annotation, "typeImports"> | undefined {
  const text = annotation.text.replace(/\[.*$/s, "");
  if (text === "Any" || text === "None" || text === "Callable") return undefined;
  const own = abstract[text];
  if (own !== undefined) return { text: own[0], imports: [own[1]] };
  const needed = [...annotation.imports, ...(annotation.typeImports ?? [])].filter((line) =>
    binds(line, text.split(".", 1)[0] as string),
  );
  return { text, imports: needed.map((line) => line.replace(/^from \./, `from ${context.plan.package}.`)) };
}

/** True where an import binds the name that a class is written with, not one of those that it holds. */
function binds(line: string, name: string): boolean {
  return new RegExp(`(?: as | import |^import )${name}$`).test(line);
}

function setOf(texts: readonly string[]): string {
  return `{${texts.map(pythonText).join(", ")}}`;
}
