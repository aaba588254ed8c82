/** What a call needs beside the library that it is made on: optional dependencies that no import shows. */
export interface HiddenNeed {
  /** `pandas.read_parquet` through the notebook's imports; `*.to_parquet` a method of anything. */
  readonly call: string;
  /** Only where the call has this keyword. */
  readonly keyword?: string;
  /** Only where the notebook imports this module. */
  readonly where?: string;
  /** Modules any of which serves as well: nothing is needed where one is imported. */
  readonly unless?: readonly string[];
  readonly needs: string;
}

/** Sources: pandas' "Installation: optional dependencies", scikit-learn's and tqdm's documentation. */
export const hiddenNeeds: readonly HiddenNeed[] = [
  { call: "pandas.read_parquet", needs: "pyarrow", unless: ["fastparquet"] },
  { call: "pandas.read_feather", needs: "pyarrow" },
  { call: "pandas.read_orc", needs: "pyarrow" },
  { call: "*.to_parquet", where: "pandas", needs: "pyarrow", unless: ["fastparquet"] },
  { call: "*.to_feather", where: "pandas", needs: "pyarrow" },
  { call: "pandas.read_excel", needs: "openpyxl" },
  { call: "pandas.ExcelFile", needs: "openpyxl" },
  { call: "pandas.ExcelWriter", needs: "openpyxl", unless: ["xlsxwriter"] },
  { call: "*.to_excel", where: "pandas", needs: "openpyxl", unless: ["xlsxwriter"] },
  { call: "pandas.read_html", needs: "lxml", unless: ["bs4", "html5lib"] },
  { call: "pandas.read_xml", needs: "lxml" },
  { call: "*.to_xml", where: "pandas", needs: "lxml" },
  { call: "pandas.read_hdf", needs: "tables" },
  { call: "pandas.HDFStore", needs: "tables" },
  { call: "*.to_hdf", where: "pandas", needs: "tables" },
  { call: "pandas.read_spss", needs: "pyreadstat" },
  { call: "pandas.read_gbq", needs: "pandas-gbq" },
  { call: "*.to_gbq", where: "pandas", needs: "pandas-gbq" },
  { call: "pandas.read_clipboard", needs: "pyperclip" },
  { call: "*.to_markdown", where: "pandas", needs: "tabulate" },
  { call: "*.to_latex", where: "pandas", needs: "jinja2" },
  { call: "*.background_gradient", where: "pandas", needs: "matplotlib" },
  { call: "*.background_gradient", where: "pandas", needs: "jinja2" },
  { call: "*.style.format", where: "pandas", needs: "jinja2" },
  { call: "*.style.apply", where: "pandas", needs: "jinja2" },
  { call: "*.plot", where: "pandas", needs: "matplotlib" },
  { call: "*.hist", where: "pandas", needs: "matplotlib" },
  { call: "*.boxplot", where: "pandas", needs: "matplotlib" },
  { call: "*.plot.bar", where: "pandas", needs: "matplotlib" },
  { call: "*.plot.barh", where: "pandas", needs: "matplotlib" },
  { call: "*.plot.hist", where: "pandas", needs: "matplotlib" },
  { call: "*.plot.line", where: "pandas", needs: "matplotlib" },
  { call: "*.plot.scatter", where: "pandas", needs: "matplotlib" },
  { call: "*.plot.pie", where: "pandas", needs: "matplotlib" },
  { call: "*.plot.box", where: "pandas", needs: "matplotlib" },
  { call: "*.plot.area", where: "pandas", needs: "matplotlib" },
  { call: "*.plot.density", where: "pandas", needs: "scipy" },
  { call: "*.plot.kde", where: "pandas", needs: "scipy" },
  { call: "*.corr", keyword: "method", where: "pandas", needs: "scipy" },
  { call: "*.interpolate", keyword: "method", where: "pandas", needs: "scipy" },
  { call: "*.to_pandas", where: "polars", needs: "pandas" },
  { call: "*.to_pandas", where: "polars", needs: "pyarrow" },
  { call: "*.to_df", where: "duckdb", needs: "pandas" },
  { call: "*.df", where: "duckdb", needs: "pandas" },
  { call: "polars.read_excel", needs: "fastexcel" },
  { call: "sklearn.datasets.fetch_openml", needs: "pandas" },
  { call: "sklearn.datasets.load_iris", keyword: "as_frame", needs: "pandas" },
  { call: "sklearn.datasets.load_wine", keyword: "as_frame", needs: "pandas" },
  { call: "sklearn.datasets.load_digits", keyword: "as_frame", needs: "pandas" },
  { call: "sklearn.datasets.load_diabetes", keyword: "as_frame", needs: "pandas" },
  { call: "sklearn.datasets.load_breast_cancer", keyword: "as_frame", needs: "pandas" },
  { call: "sklearn.datasets.fetch_california_housing", keyword: "as_frame", needs: "pandas" },
  { call: "*.set_output", where: "sklearn", needs: "pandas" },
  { call: "sklearn.tree.plot_tree", needs: "matplotlib" },
  { call: "sklearn.metrics.ConfusionMatrixDisplay", needs: "matplotlib" },
  { call: "sklearn.metrics.ConfusionMatrixDisplay.from_predictions", needs: "matplotlib" },
  { call: "sklearn.metrics.ConfusionMatrixDisplay.from_estimator", needs: "matplotlib" },
  { call: "sklearn.metrics.RocCurveDisplay.from_predictions", needs: "matplotlib" },
  { call: "sklearn.metrics.RocCurveDisplay.from_estimator", needs: "matplotlib" },
  { call: "plotly.offline.iplot", needs: "nbformat" },
  { call: "*.write_image", where: "plotly", needs: "kaleido" },
  { call: "xgboost.plot_tree", needs: "graphviz" },
  { call: "xgboost.plot_importance", needs: "matplotlib" },
  { call: "lightgbm.plot_importance", needs: "matplotlib" },
  { call: "keras.utils.plot_model", needs: "pydot" },
  { call: "tensorflow.keras.utils.plot_model", needs: "pydot" },
];

/** Modules that need more than their own distribution. */
export const moduleNeeds: Readonly<Record<string, readonly string[]>> = {
  "tqdm.notebook": ["ipywidgets"],
  "tqdm.keras": ["tensorflow"],
  "plotly.express": ["pandas"],
  "torch.utils.tensorboard": ["tensorboard"],
  "sklearn.externals.joblib": ["joblib"],
  xgboost: ["scikit-learn"],
  lightgbm: ["scikit-learn"],
  keras: ["tensorflow"],
  fastai: ["torch"],
};

/** Addresses in the notebook's texts, by how they begin, and what opens them. */
export const addressNeeds: readonly {
  readonly prefix: string;
  readonly where: readonly string[];
  readonly needs: string;
}[] = [
  { prefix: "s3://", where: ["pandas", "dask", "fsspec", "geopandas"], needs: "s3fs" },
  { prefix: "gs://", where: ["pandas", "dask", "fsspec", "geopandas"], needs: "gcsfs" },
  { prefix: "gcs://", where: ["pandas", "dask", "fsspec"], needs: "gcsfs" },
  { prefix: "abfs://", where: ["pandas", "dask", "fsspec"], needs: "adlfs" },
  { prefix: "abfss://", where: ["pandas", "dask", "fsspec"], needs: "adlfs" },
  { prefix: "hf://", where: ["pandas", "dask", "fsspec", "polars"], needs: "huggingface_hub" },
  { prefix: "postgresql://", where: ["sqlalchemy"], needs: "psycopg2-binary" },
  { prefix: "postgresql+psycopg2://", where: ["sqlalchemy"], needs: "psycopg2-binary" },
  { prefix: "postgresql+psycopg://", where: ["sqlalchemy"], needs: "psycopg[binary]" },
  { prefix: "mysql+pymysql://", where: ["sqlalchemy"], needs: "PyMySQL" },
  { prefix: "mssql+pyodbc://", where: ["sqlalchemy"], needs: "pyodbc" },
  { prefix: "snowflake://", where: ["sqlalchemy"], needs: "snowflake-sqlalchemy" },
  { prefix: "duckdb://", where: ["sqlalchemy"], needs: "duckdb-engine" },
];

/** What a magic needs, by its name and the first word of its argument. */
export const magicNeeds: Readonly<Record<string, string>> = {
  matplotlib: "matplotlib",
  pylab: "matplotlib",
  "load_ext sql": "jupysql",
  "load_ext dotenv": "python-dotenv",
  "load_ext tensorboard": "tensorboard",
  "load_ext memory_profiler": "memory-profiler",
  "load_ext line_profiler": "line-profiler",
  "load_ext watermark": "watermark",
  "load_ext rpy2.ipython": "rpy2",
  "load_ext Cython": "Cython",
  "load_ext autotime": "ipython-autotime",
  "load_ext nb_black": "nb-black",
  "load_ext jupyter_black": "jupyter-black",
};
