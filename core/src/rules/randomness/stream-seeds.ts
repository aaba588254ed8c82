import type { Analysis } from "../analysis.ts";
import { inStatements } from "../clue.ts";

/** How a global stream is called, and how it is seeded. */
export interface StreamSeed {
  readonly title: string;
  /** What is imported for the call. */
  readonly module: string;
  /** The call, on that module. */
  readonly call: string;
}

const seeds: Readonly<Record<string, StreamSeed>> = {
  random: { title: "Python's random module", module: "random", call: "seed(0)" },
  numpy: { title: "NumPy's global stream", module: "numpy", call: "random.seed(0)" },
  torch: { title: "PyTorch's global stream", module: "torch", call: "manual_seed(0)" },
  tensorflow: { title: "TensorFlow's global stream", module: "tensorflow", call: "random.set_seed(0)" },
  jax: { title: "JAX", module: "jax", call: "random.key(0)" },
};

/**
 * What seeds the stream that a call of a library draws from; `undefined` for a library without a global stream.
 * Keras seeds its own way: since version 3 its layers take their seeds from Python's random module, which
 * TensorFlow's seed does not reach.
 */
export function streamSeed({ document }: Pick<Analysis, "document">, library: string): StreamSeed | undefined {
  if (library !== "keras") return seeds[library];
  const isOwn = importsKeras(document).length > 0;
  return {
    title: "the streams that Keras takes from Python, NumPy and its backend",
    module: isOwn ? "keras" : "tensorflow",
    call: `${isOwn ? "" : "keras."}utils.set_random_seed(0)`,
  };
}

/** Where keras is imported by its own name and not as a part of TensorFlow. */
const importsKeras = inStatements(({ node }) => {
  if (node.type === "Import") return node.names.map(({ name }) => name).filter(isKeras);
  return node.type === "ImportFrom" && node.level === 0 && isKeras(node.module ?? "") ? ["keras"] : [];
});

function isKeras(module: string): boolean {
  return module === "keras" || module.startsWith("keras.");
}
