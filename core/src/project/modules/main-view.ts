import type { StageInput } from "../../plan/plan.ts";
import { artifactOf, artifactsOf } from "../artifact-table.ts";
import type { ProjectContext } from "../context.ts";
import { pythonText } from "../python-text.ts";
import { freshName } from "../words.ts";
import type { CheckedTable } from "./data-checks.ts";
import { ofMain, type StageInterface } from "./stage-interface.ts";

/** The name under which a stage's random streams are saved. */
const streams = "random_streams";

/** What the template of `__main__.py` is filled in with: how stages, files and parameters join. */
export function mainView(
  context: ProjectContext,
  stages: readonly StageInterface[],
  tables: readonly CheckedTable[],
  frame: { readonly settings: boolean; readonly settingsUseParams: boolean; readonly displays: boolean },
): object {
  const { plan } = context;
  return {
    package: plan.package,
    prefix: plan.package.toUpperCase(),
    description: pythonText(plan.notebook.title),
    async: stages.some(({ isAsync }) => isAsync),
    ...frame,
    seeds: plan.seeding.seeded.length > 0,
    checks: tables.length > 0,
    stages: stages.map((each) => ({ ...stageView(context, each, stages), checks: checksOf(each, tables) })),
  };
}

/** What is checked of a stage's result before it is saved. */
function checksOf({ stage, returns, fields }: StageInterface, tables: readonly CheckedTable[]): readonly object[] {
  return tables
    .filter((table) => table.stage === stage.name)
    .map(({ key, name }) => ({ key: pythonText(key), field: returns === "tuple" ? `.${fields.get(name)}` : "" }));
}

function stageView(context: ProjectContext, shape: StageInterface, all: readonly StageInterface[]): object {
  const { plan } = context;
  const { stage } = shape;
  const taken = new Set([...ofMain, ...all.map((each) => each.function)]);
  const groups = groupsOf(context, stage.inputs, taken);
  const from = new Map(groups.map((group) => [group.key, group.variable]));
  const given = stage.inputs.map((input) => {
    const artifact = artifactOf(plan, input.from, input.name);
    const variable = from.get(`${input.from} ${artifact.name}`);
    return variable === undefined
      ? `load(work, ${pythonText(input.from)}, ${pythonText(artifact.name)})`
      : `${variable}[${pythonText(input.name)}]`;
  });
  const call = `${shape.function}(${[...given, ...(shape.usesParams ? ["params"] : [])].join(", ")})`;
  const carriedFrom = plan.seeding.carried.filter((each) => each.from === stage.name);
  const carriedTo = plan.seeding.carried.filter((each) => each.to.includes(stage.name));
  const saved = savedValues(shape, carriedFrom.length > 0);
  const together = artifactsOf(plan, stage).filter(({ names }) => names.length > 1);
  const result =
    shape.returns === "metrics"
      ? "metrics"
      : shape.returns === "value"
        ? freshName(stage.outputs[0] as string, taken)
        : "result";
  return {
    name: stage.name,
    function: shape.function,
    key: pythonText(stage.name),
    needs: `[${[...new Set(stage.inputs.map((input) => pythonText(input.from)))].join(", ")}]`,
    groups: groups.map(({ variable, from: stageName, artifact }) => ({
      variable,
      from: pythonText(stageName),
      artifact: pythonText(artifact),
    })),
    restores: restoreViews(carriedTo),
    call: shape.isAsync ? `asyncio.run(${call})` : call,
    saves: shape.returns !== "nothing",
    result,
    metrics: shape.returns === "metrics" ? result : shape.metricsField && `${result}.${shape.metricsField}`,
    values: saved(result),
    together:
      together.length === 0
        ? undefined
        : `{${together.map(({ name, names }) => `${pythonText(name)}: (${names.map(pythonText).join(", ")})`).join(", ")}}`,
  };
}

/** Each stream from the stage that used it last. */
function restoreViews(carried: readonly { readonly stream: string; readonly from: string }[]): readonly object[] {
  return [...Map.groupBy(carried, ({ from }) => from)].map(([from, streams]) => ({
    from: pythonText(from),
    names: streams.map(({ stream }) => pythonText(stream)).join(", "),
  }));
}

interface LoadedGroup {
  readonly key: string;
  readonly variable: string;
  readonly from: string;
  readonly artifact: string;
}

/** The files of which a stage needs more than one value, or one value out of several: loaded once, so that they share. */
function groupsOf(context: ProjectContext, inputs: readonly StageInput[], taken: Set<string>): readonly LoadedGroup[] {
  const groups = new Map<string, LoadedGroup>();
  for (const input of inputs) {
    const artifact = artifactOf(context.plan, input.from, input.name);
    const key = `${input.from} ${artifact.name}`;
    if (artifact.names.length < 2 || groups.has(key)) continue;
    const variable = freshName(artifact.name, taken, "group");
    taken.add(variable);
    groups.set(key, { key, variable, from: input.from, artifact: artifact.name });
  }
  return [...groups.values()];
}

/** The dictionary of what a stage saves, as an expression of its result; nothing where it saves nothing. */
function savedValues(shape: StageInterface, carries: boolean): (result: string) => string | undefined {
  const { stage, fields, returns, metricsField } = shape;
  const states = carries ? [`${pythonText(streams)}: streams()`] : [];
  return (result) => {
    if (stage.outputs.length === 0) return carries ? `{${states.join()}}` : undefined;
    if (returns === "value")
      return `{${[`${pythonText(stage.outputs[0] as string)}: ${result}`, ...states].join(", ")}}`;
    const isPlain = metricsField === undefined && !carries && [...fields].every(([name, field]) => name === field);
    if (isPlain) return `${result}._asdict()`;
    const entries = [...fields].map(([name, field]) => `${pythonText(name)}: ${result}.${field}`);
    return `{${[...entries, ...states].join(", ")}}`;
  };
}
