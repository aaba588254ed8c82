/** A function or module that a library no longer has, and what stands in its place. */
export interface RemovedApi {
  readonly name: string;
  /** The first version without it. */
  readonly since: string;
  readonly instead: string;
}

/** From the libraries' release notes; `test/core/rules/removed-apis.test.ts` looks for each in the installed library. */
export const removedApis: readonly RemovedApi[] = [
  { name: "numpy.float", since: "1.24", instead: "float" },
  { name: "numpy.int", since: "1.24", instead: "int" },
  { name: "numpy.object", since: "1.24", instead: "object" },
  { name: "numpy.complex", since: "1.24", instead: "complex" },
  { name: "numpy.float_", since: "2.0", instead: "numpy.float64" },
  { name: "numpy.complex_", since: "2.0", instead: "numpy.complex128" },
  { name: "numpy.string_", since: "2.0", instead: "numpy.bytes_" },
  { name: "numpy.unicode_", since: "2.0", instead: "numpy.str_" },
  { name: "numpy.NaN", since: "2.0", instead: "numpy.nan" },
  { name: "numpy.Inf", since: "2.0", instead: "numpy.inf" },
  { name: "numpy.infty", since: "2.0", instead: "numpy.inf" },
  { name: "numpy.product", since: "2.0", instead: "numpy.prod" },
  { name: "numpy.cumproduct", since: "2.0", instead: "numpy.cumprod" },
  { name: "numpy.sometrue", since: "2.0", instead: "numpy.any" },
  { name: "numpy.alltrue", since: "2.0", instead: "numpy.all" },
  { name: "numpy.mat", since: "2.0", instead: "numpy.asmatrix" },
  { name: "numpy.asfarray", since: "2.0", instead: "numpy.asarray(..., dtype=float)" },
  { name: "pandas.Panel", since: "2.0", instead: "a DataFrame with a MultiIndex" },
  { name: "pandas.datetime", since: "2.0", instead: "datetime.datetime" },
  { name: "pandas.Int64Index", since: "2.0", instead: "pandas.Index" },
  { name: "pandas.Float64Index", since: "2.0", instead: "pandas.Index" },
  { name: "pandas.DataFrame.append", since: "2.0", instead: "pandas.concat" },
  { name: "pandas.DataFrame.iteritems", since: "2.0", instead: "items" },
  { name: "pandas.DataFrame.ix", since: "1.0", instead: "loc or iloc" },
  { name: "pandas.Series.append", since: "2.0", instead: "pandas.concat" },
  { name: "pandas.Series.iteritems", since: "2.0", instead: "items" },
  { name: "pandas.util.testing", since: "2.0", instead: "pandas.testing" },
  { name: "sklearn.cross_validation", since: "0.20", instead: "sklearn.model_selection" },
  { name: "sklearn.grid_search", since: "0.20", instead: "sklearn.model_selection" },
  { name: "sklearn.externals.joblib", since: "0.23", instead: "joblib" },
  { name: "sklearn.preprocessing.Imputer", since: "0.22", instead: "sklearn.impute.SimpleImputer" },
  { name: "sklearn.datasets.load_boston", since: "1.2", instead: "sklearn.datasets.fetch_california_housing" },
  { name: "sklearn.metrics.plot_confusion_matrix", since: "1.2", instead: "ConfusionMatrixDisplay.from_estimator" },
  { name: "sklearn.metrics.plot_roc_curve", since: "1.2", instead: "RocCurveDisplay.from_estimator" },
  { name: "scipy.misc.imread", since: "1.2", instead: "imageio.v3.imread" },
  { name: "scipy.integrate.cumtrapz", since: "1.14", instead: "scipy.integrate.cumulative_trapezoid" },
  { name: "scipy.integrate.simps", since: "1.14", instead: "scipy.integrate.simpson" },
  { name: "tensorflow.Session", since: "2.0", instead: "eager execution" },
  { name: "tensorflow.placeholder", since: "2.0", instead: "function arguments" },
  { name: "tensorflow.contrib", since: "2.0", instead: "TensorFlow Addons, or the core library" },
];
