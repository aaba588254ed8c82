import { sha256 } from "#sha256";
import type { StatementId } from "../dataflow/model.ts";
import type { Analysis } from "../rules/analysis.ts";
import { fileName } from "../text/file-name.ts";
import { artifactsOf } from "./artifacts.ts";
import { at, type Bench, open, openBench } from "./bench.ts";
import { isInCapture } from "./command-statements.ts";
import { connectionsToReopen } from "./connections.ts";
import { placeConstants } from "./definitions/constant-homes.ts";
import { definitionModules } from "./definitions/definition-modules.ts";
import { type PlacedDefinitions, placeDefinitions } from "./definitions/definitions.ts";
import { findLambdas, namedLambdas } from "./definitions/named-lambdas.ts";
import { importedModules } from "./definitions/written-modules.ts";
import { diagnose } from "./diagnosis.ts";
import { wishedWork } from "./edited/wish.ts";
import type { Facts } from "./facts.ts";
import { placeImports } from "./imports.ts";
import { leaveOut, leftOutList } from "./left-out.ts";
import { findMetrics } from "./metrics.ts";
import { moduleName, snakeCase } from "./names.ts";
import type { PlanOptions } from "./options.ts";
import { chooseOrder } from "./order.ts";
import { findConstants } from "./parameters/constants.ts";
import { planParameters } from "./parameters/parameter-list.ts";
import { constantParameters, initialParameters, parameterConstants } from "./parameters/parameters.ts";
import type { Parameter, PipelinePlan, Planned } from "./plan.ts";
import { runNotes, wholeRuns } from "./run-files.ts";
import { planSeeding } from "./seeding.ts";
import { setAside } from "./set-aside.ts";
import { placeSettings } from "./settings.ts";
import { wishedExploration } from "./stages/exploration.ts";
import { headingsOf, titleOf } from "./stages/headings.ts";
import { cutStages, type StageDraft } from "./stages/stages.ts";
import { without } from "./without.ts";

/**
 * Makes a notebook a pipeline: which statements go where, what crosses between stages, what a run can be given. Plans
 * every notebook that can run, in the worst case with one stage; otherwise says what stops it. Executes nothing, writes
 * nothing, never throws for whatever the notebook holds.
 */
export function planPipeline(analysis: Analysis, options: PlanOptions = {}): Planned {
  const { dataflow, why } = chooseOrder(analysis, options);
  const { bench, reasons } = withoutWhatIsSetAside(openBench(analysis, dataflow, options), options);
  leaveOut(bench, reasons);
  const stopped = diagnose(bench);
  if (stopped.length > 0) return { outcome: "diagnosed", reasons: stopped };
  placeImports(bench);
  placeSettings(bench);
  const intoStages = wishedWork(options.wish);
  const constants = findConstants(bench).filter(({ facts }) => !intoStages.has(facts.id));
  const wanted = parameterConstants(constants);
  const definitions = placeDefinitions(bench, constants, wanted);
  const chosen = new Set([...wanted].filter((name) => !definitions.pinned.has(name)));
  const parameters = constantParameters(bench, constants, chosen);
  placeConstants(bench, constants, definitions.pinned);
  findLambdas(bench, definitions.inModule);
  const exploration = options.exploration === "in-place" ? [] : wholeRuns(bench, wishedExploration(bench));
  for (const { id, statement } of exploration) {
    const isCaptured = isInCapture(bench, statement);
    if (isCaptured) reasons.set(id, "what it shows is captured (%%capture), not shown");
    bench.homes.set(id, isCaptured ? "left-out" : "exploration");
  }
  for (const { id } of open(bench)) bench.homes.set(id, "work");
  const stages = cutStages(bench, withConnections(bench, definitions.local), options);
  const staged = new Set(stages.flatMap(({ flow }) => idsOf(flow.statements)));
  for (const { id } of at(bench, "repeated-setting"))
    if (!staged.has(id)) reasons.set(id, "nothing that runs after it can notice what it sets");
  for (const { id, statement } of at(bench, "work"))
    if (!staged.has(id) && statement.node.type === "Delete")
      reasons.set(id, "no stage has what it deletes longer than it needs it");
  return {
    outcome: "planned",
    plan: finish(bench, { options, why, stages, parameters, definitions, reasons }),
    ...(options.wish === undefined ? {} : { unfulfilled: [...new Set(bench.unfulfilled)] }),
  };
}

interface Beginning {
  readonly bench: Bench;
  /** Why each statement that is left out is. */
  readonly reasons: Map<StatementId, string>;
}

/** The notebook that is planned has no statement that is set aside: what these do is not known of it either. */
function withoutWhatIsSetAside(whole: Bench, options: PlanOptions): Beginning {
  const { analysis, dataflow, homes, notes } = whole;
  const reasons = setAside(whole);
  const rest = without(dataflow, new Set(reasons.keys()));
  if (rest === dataflow) return { bench: whole, reasons };
  return { bench: { ...openBench(analysis, rest, options), homes, notes }, reasons };
}

/** The statements that each stage that uses what they bind has a copy of, by name: definitions, and what opens a connection. */
function withConnections(bench: Bench, local: ReadonlyMap<string, Facts>): ReadonlyMap<string, Facts> {
  const all = new Map(local);
  for (const facts of connectionsToReopen(bench)) {
    for (const name of facts.binds.keys()) {
      all.set(name, facts);
      bench.localBinders.set(name, [facts]);
    }
    bench.localDefinitions.add(facts);
  }
  return all;
}

interface Decisions {
  readonly options: PlanOptions;
  readonly why: string;
  readonly stages: readonly StageDraft[];
  readonly parameters: readonly Parameter[];
  readonly definitions: PlacedDefinitions;
  readonly reasons: ReadonlyMap<StatementId, string>;
}

function finish(bench: Bench, { options, why, stages, parameters, definitions, reasons }: Decisions): PipelinePlan {
  const { notebook } = bench.analysis;
  const title = titleOf(notebook, headingsOf(notebook));
  const named = namedLambdas(
    bench,
    stages.map(({ flow }) => flow),
  );
  const taken = new Set(parameters.map(({ name }) => name));
  const all = planParameters(bench, [...parameters, ...initialParameters(bench, taken)], taken);
  const drafts = stages.map(({ name, flow }) => ({ name, statements: idsOf(flow.statements) }));
  return {
    schema: "reprise.plan/1",
    notebook: { path: notebook.path, sha256: sha256(notebook.text), title },
    package: options.package ?? packageName(notebook.path, new Set(bench.dataflow.cells.flatMap(importedModules))),
    order: { cells: [...bench.dataflow.order], why },
    parameters: all,
    stages: stages.map(({ name, title, flow, isReport, after }) => ({
      name,
      title,
      statements: idsOf(flow.statements),
      inputs: [...flow.inputs].map(([input, from]) => ({ name: input, from: (stages[from] as StageDraft).name })),
      outputs: [...flow.outputs],
      isReport,
      ...(after.length === 0 ? {} : { after }),
    })),
    artifacts: artifactsOf(
      bench,
      stages.map(({ name }) => name),
      stages.map(({ flow }) => flow),
    ),
    modules: definitionModules(
      bench,
      definitions.inModule,
      stages.map(({ name }) => name),
      named,
    ),
    settings: idsOf(at(bench, "setting")),
    imports: idsOf(at(bench, "import")),
    metrics: findMetrics(bench, drafts),
    seeding: planSeeding(bench, drafts, all.find(({ name }) => name === "seed")?.default),
    leftOut: leftOutList(bench, reasons),
    notes: [...new Set([...bench.notes, ...runNotes(bench)])],
  };
}

function idsOf(facts: readonly Facts[]): Facts["id"][] {
  return facts.map(({ id }) => id);
}

/** From the notebook's file name; a package of a name that the notebook imports would hide what it imports. */
function packageName(path: string, imported: ReadonlySet<string>): string {
  const file = fileName(path);
  const stem = file.replace(/\.\w+$/, "");
  // The ending alone names nothing, where the rest is in another script: `Анализ.py`.
  const said = snakeCase(stem) === "" ? stem : file.replace(/\.ipynb$/i, "");
  const name = moduleName(said, "pipeline", () => false);
  return imported.has(name) ? `${name}_pipeline` : name;
}
