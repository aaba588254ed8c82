import type { CallSite } from "../../dataflow/model.ts";
import { walk } from "../../python/walk.ts";
import { type CellText, inStatements, inText } from "../clue.ts";
import { type Facts, noteAt, rule, sourceRange } from "../rule.ts";

export const accelerator = rule("NB207", function* ({ document }) {
  yield* fastestAlgorithms(document);
  yield* loadersWithWorkers(document);
  const deterministic = deterministicAlgorithms(document);
  if (deterministic.length > 0 && usesOfGpu(document).length > 0 && workspaces(document).length === 0)
    yield* deterministic;
});

const usesOfGpu = inText(({ translation }) => /\.cuda\(|["']cuda\b/.exec(translation.python) ?? []);

const workspaces = inText(({ translation }) => /CUBLAS_WORKSPACE_CONFIG/.exec(translation.python) ?? []);

const deterministicAlgorithms = inStatements(({ calls }, cell) =>
  calls
    .filter(({ callee }) => callee === "torch.use_deterministic_algorithms")
    .map((call) => withoutWorkspace(cell, call)),
);

const loadersWithWorkers = inStatements(({ calls }, cell) =>
  calls
    .filter((call) => call.callee === "torch.utils.data.DataLoader" && hasWorkers(call) && !hasOwnSeeds(call))
    .map((call) => workers(cell, call)),
);

function hasWorkers({ node }: CallSite): boolean {
  const value = node.keywords.find(({ arg }) => arg?.name === "num_workers")?.value;
  return value?.type === "Constant" && typeof value.value !== "boolean" && Number(value.value) > 0;
}

function hasOwnSeeds({ node }: CallSite): boolean {
  return node.keywords.some(
    ({ arg }) => arg === undefined || arg.name === "worker_init_fn" || arg.name === "generator",
  );
}

/** `torch.backends.cudnn.benchmark = True`. */
const fastestAlgorithms = inText(function* (cell): Generator<Facts> {
  const { python } = cell.translation;
  if (!python.includes("cudnn")) return;
  for (const { node } of walk(cell.module)) {
    if (node.type !== "Assign" || node.value.type !== "Constant" || node.value.value !== true) continue;
    const target = node.targets.find(({ start, end }) => /\bcudnn\.benchmark$/.test(python.slice(start, end)));
    if (target === undefined) continue;
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.translation.cell,
      range: sourceRange(cell, node),
      subject: "cudnn.benchmark",
      message:
        "`cudnn.benchmark = True` lets cuDNN choose the fastest algorithm by trying them, and another one may win next time: " +
        "sums are then added in another order, and training comes out differently. " +
        "Set it to False, and torch.use_deterministic_algorithms(True), where runs must agree.",
      predicts: "small differences between runs on a GPU, which training makes larger",
    };
  }
});

function withoutWorkspace(cell: CellText, { node, text }: CallSite): Facts {
  return {
    ...noteAt(cell, node, text),
    message:
      `\`${text}\` asks for deterministic algorithms, and CUDA's matrix products need the environment variable CUBLAS_WORKSPACE_CONFIG=:4096:8 for that: ` +
      "without it PyTorch stops at the first one (CUDA 10.2 and later). Set it before the first use of the GPU.",
    predicts: "RuntimeError: Deterministic behavior was enabled ... but this operation is not deterministic",
  };
}

function workers(cell: CellText, { node, text }: CallSite): Facts {
  return {
    ...noteAt(cell, node, text),
    message:
      `\`${text}\` loads in worker processes without worker_init_fn and generator: what the workers draw from Python's or NumPy's random streams ` +
      "is not fixed by the seeds of this process. Give it both where the data set draws (augmentation).",
    predicts: "other augmented data in every run, where the data set draws",
  };
}
