import { type ForkedPython, forkedPython } from "./forked-python.ts";

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

/** Forks for notebooks and projects of any kind; what they import besides, each imports itself. */
export function usualForkedPython(python: string): Promise<ForkedPython> {
  return forkedPython({ python, libraries, environment });
}
