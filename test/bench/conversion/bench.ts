import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { testPython } from "../../support/python.ts";
import { forkedPython } from "../forked-python/forked-python.ts";
import { openConverter } from "./converter.ts";
import type { Bench } from "./judge-subject.ts";

/** What most notebooks and projects import. */
const libraries = [
  "numpy",
  "pandas",
  "pyarrow.parquet",
  "matplotlib.pyplot",
  "sklearn.ensemble",
  "sklearn.impute",
  "sklearn.metrics",
  "sklearn.neighbors",
  "sklearn.preprocessing",
  "sklearn.tree",
  "sklearn.linear_model",
  "sklearn.model_selection",
  "sklearn.pipeline",
  "joblib",
  "IPython",
  "ipykernel.kernelapp",
];
/** As many threads as workers would only stand in one another's way. */
const environment = {
  PYTHONHASHSEED: "0",
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  LOKY_MAX_CPU_COUNT: "1",
};
/** What a run of the benchmark works with, until it is closed. */
export async function openBench(work: string): Promise<Bench & { close(): Promise<void> }> {
  const python = await testPython("ml");
  const forks = await forkedPython({ python, libraries, environment });
  const engine = await localEngine({ environment: { python: forks.python, folder: forks.folder, version: "3.11" } });
  return {
    converter: await openConverter(),
    engine,
    python: forks.python,
    work,
    async close() {
      await engine.close();
      await forks.close();
    },
  };
}
