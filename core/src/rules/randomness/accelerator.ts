import type { AnalysedCell, CallSite } from "../../dataflow/model.ts";
import { walk } from "../../python/walk.ts";
import { type Facts, noteAt, rule, sourceRange } from "../rule.ts";

export const accelerator = rule("NB207", function* ({ document }) {
  const text = document.cells.map(({ translation }) => translation.python).join("\n");
  for (const cell of document.cells) {
    yield* fastestAlgorithm(cell);
    for (const call of cell.statements.flatMap(({ calls }) => calls)) {
      if (
        call.callee === "torch.use_deterministic_algorithms" &&
        usesGpu(text) &&
        !text.includes("CUBLAS_WORKSPACE_CONFIG")
      )
        yield withoutWorkspace(cell, call);
      if (call.callee === "torch.utils.data.DataLoader" && hasWorkers(call) && !hasOwnSeeds(call))
        yield workers(cell, call);
    }
  }
});

function usesGpu(text: string): boolean {
  return /\.cuda\(|["']cuda\b/.test(text);
}

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
function* fastestAlgorithm(cell: AnalysedCell): Generator<Facts> {
  const { python } = cell.translation;
  if (!python.includes("cudnn")) return;
  for (const { node } of walk(cell.module)) {
    if (node.type !== "Assign" || node.value.type !== "Constant" || node.value.value !== true) continue;
    const target = node.targets.find(({ start, end }) => /\bcudnn\.benchmark$/.test(python.slice(start, end)));
    if (target === undefined) continue;
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.cell.index,
      range: sourceRange(cell, node),
      subject: "cudnn.benchmark",
      message:
        "`cudnn.benchmark = True` lets cuDNN choose the fastest algorithm by trying them, and another one may win next time: " +
        "sums are then added in another order, and training comes out differently. " +
        "Set it to False, and torch.use_deterministic_algorithms(True), where runs must agree.",
      predicts: "small differences between runs on a GPU, which training makes larger",
    };
  }
}

function withoutWorkspace(cell: AnalysedCell, { node, text }: CallSite): Facts {
  return {
    ...noteAt(cell, node, text),
    message:
      `\`${text}\` asks for deterministic algorithms, and CUDA's matrix products need the environment variable CUBLAS_WORKSPACE_CONFIG=:4096:8 for that: ` +
      "without it PyTorch stops at the first one (CUDA 10.2 and later). Set it before the first use of the GPU.",
    predicts: "RuntimeError: Deterministic behavior was enabled ... but this operation is not deterministic",
  };
}

function workers(cell: AnalysedCell, { node, text }: CallSite): Facts {
  return {
    ...noteAt(cell, node, text),
    message:
      `\`${text}\` loads in worker processes without worker_init_fn and generator: what the workers draw from Python's or NumPy's random streams ` +
      "is not fixed by the seeds of this process. Give it both where the data set draws (augmentation).",
    predicts: "other augmented data in every run, where the data set draws",
  };
}
