/** A function or module that a library no longer has, and what stands in its place. */
export interface RemovedApi {
  readonly name: string;
  /** The first version without it. */
  readonly since: string;
  readonly instead: string;
  /** Where the very same thing is found today; of a module only `names`, where they are told. */
  readonly now?: string;
  readonly names?: readonly string[];
}

/** Classes whose `get_feature_names` went with scikit-learn 1.2. */
const namingFeatures = [
  "compose.ColumnTransformer",
  "feature_extraction.DictVectorizer",
  "feature_extraction.text.CountVectorizer",
  "feature_extraction.text.TfidfVectorizer",
  "pipeline.FeatureUnion",
  "preprocessing.OneHotEncoder",
  "preprocessing.PolynomialFeatures",
];

/** What scipy had of numpy under its own name; a few that notebooks use. */
const namesOfNumpy = (
  "absolute arange arctan array average concatenate cos cumsum diag diff dot exp eye float64 inf interp isnan linspace log " +
  "log10 log2 logspace max mean median meshgrid min nan ones outer percentile pi polyfit polyval power real round sin sqrt " +
  "std sum transpose unique var where zeros"
).split(" ");

/** From the libraries' release notes; `test/core/rules/removed-apis.test.ts` looks for each in the installed library. */
export const removedApis: readonly RemovedApi[] = [
  {
    name: "IPython.core.display.clear_output",
    since: "9.0",
    instead: "IPython.display.clear_output",
    now: "IPython.display.clear_output",
  },
  {
    name: "IPython.core.display.display",
    since: "9.0",
    instead: "IPython.display.display",
    now: "IPython.display.display",
  },
  {
    name: "IPython.core.display.publish_display_data",
    since: "9.0",
    instead: "IPython.display.publish_display_data",
    now: "IPython.display.publish_display_data",
  },
  {
    name: "IPython.core.display.update_display",
    since: "9.0",
    instead: "IPython.display.update_display",
    now: "IPython.display.update_display",
  },
  {
    name: "IPython.display.set_matplotlib_formats",
    since: "9.0",
    instead: "matplotlib_inline.backend_inline.set_matplotlib_formats",
    now: "matplotlib_inline.backend_inline.set_matplotlib_formats",
  },
  { name: "IPython.html", since: "8.0", instead: "ipywidgets" },
  { name: "IPython.kernel", since: "8.0", instead: "ipykernel" },
  { name: "IPython.nbformat", since: "8.0", instead: "nbformat" },
  { name: "IPython.parallel", since: "8.0", instead: "ipyparallel" },
  { name: "numpy.float", since: "1.24", instead: "float", now: "float" },
  { name: "numpy.int", since: "1.24", instead: "int", now: "int" },
  { name: "numpy.object", since: "1.24", instead: "object", now: "object" },
  { name: "numpy.complex", since: "1.24", instead: "complex", now: "complex" },
  { name: "numpy.str", since: "1.24", instead: "str", now: "str" },
  { name: "numpy.bool8", since: "2.0", instead: "numpy.bool_", now: "numpy.bool_" },
  { name: "numpy.float_", since: "2.0", instead: "numpy.float64", now: "numpy.float64" },
  { name: "numpy.complex_", since: "2.0", instead: "numpy.complex128", now: "numpy.complex128" },
  { name: "numpy.string_", since: "2.0", instead: "numpy.bytes_", now: "numpy.bytes_" },
  { name: "numpy.unicode_", since: "2.0", instead: "numpy.str_", now: "numpy.str_" },
  { name: "numpy.NaN", since: "2.0", instead: "numpy.nan", now: "numpy.nan" },
  { name: "numpy.NAN", since: "2.0", instead: "numpy.nan", now: "numpy.nan" },
  { name: "numpy.Inf", since: "2.0", instead: "numpy.inf", now: "numpy.inf" },
  { name: "numpy.infty", since: "2.0", instead: "numpy.inf", now: "numpy.inf" },
  { name: "numpy.product", since: "2.0", instead: "numpy.prod", now: "numpy.prod" },
  { name: "numpy.cumproduct", since: "2.0", instead: "numpy.cumprod", now: "numpy.cumprod" },
  { name: "numpy.sometrue", since: "2.0", instead: "numpy.any", now: "numpy.any" },
  { name: "numpy.alltrue", since: "2.0", instead: "numpy.all", now: "numpy.all" },
  { name: "numpy.mat", since: "2.0", instead: "numpy.asmatrix", now: "numpy.asmatrix" },
  { name: "numpy.asfarray", since: "2.0", instead: "numpy.asarray(..., dtype=float)" },
  { name: "numpy.in1d", since: "2.4", instead: "numpy.isin" },
  {
    name: "numpy.VisibleDeprecationWarning",
    since: "2.0",
    instead: "numpy.exceptions.VisibleDeprecationWarning",
    now: "numpy.exceptions.VisibleDeprecationWarning",
  },
  { name: "pandas.Panel", since: "2.0", instead: "a DataFrame with a MultiIndex" },
  { name: "pandas.datetime", since: "2.0", instead: "datetime.datetime", now: "datetime.datetime" },
  { name: "pandas.Int64Index", since: "2.0", instead: "pandas.Index" },
  { name: "pandas.Float64Index", since: "2.0", instead: "pandas.Index" },
  { name: "pandas.DataFrame.append", since: "2.0", instead: "pandas.concat" },
  { name: "pandas.DataFrame.iteritems", since: "2.0", instead: "items", now: "pandas.DataFrame.items" },
  { name: "pandas.DataFrame.ix", since: "1.0", instead: "loc or iloc" },
  { name: "pandas.Series.append", since: "2.0", instead: "pandas.concat" },
  { name: "pandas.Series.iteritems", since: "2.0", instead: "items", now: "pandas.Series.items" },
  { name: "pandas.util.testing", since: "2.0", instead: "pandas.testing" },
  { name: "pandas.DataFrame.as_matrix", since: "1.0", instead: "to_numpy()" },
  { name: "pandas.Series.as_matrix", since: "1.0", instead: "to_numpy()" },
  { name: "pandas.DataFrame.sort", since: "0.20", instead: "sort_values" },
  { name: "pandas.Series.order", since: "0.20", instead: "sort_values" },
  { name: "pandas.DataFrame.get_value", since: "1.0", instead: "at" },
  { name: "pandas.DataFrame.set_value", since: "1.0", instead: "at" },
  { name: "pandas.DataFrame.applymap", since: "3.0", instead: "map", now: "pandas.DataFrame.map" },
  { name: "pandas.tools", since: "0.24", instead: "pandas.plotting or pandas itself" },
  {
    name: "pandas.scatter_matrix",
    since: "1.0",
    instead: "pandas.plotting.scatter_matrix",
    now: "pandas.plotting.scatter_matrix",
  },
  { name: "pandas.rolling_mean", since: "0.23", instead: "rolling(...).mean()" },
  { name: "pandas.rolling_std", since: "0.23", instead: "rolling(...).std()" },
  { name: "pandas.TimeGrouper", since: "1.0", instead: "pandas.Grouper" },
  { name: "pandas.np", since: "2.0", instead: "numpy" },
  { name: "pandas.value_counts", since: "3.0", instead: "value_counts()" },
  {
    name: "pandas.io.json.json_normalize",
    since: "3.0",
    instead: "pandas.json_normalize",
    now: "pandas.json_normalize",
  },
  {
    name: "sklearn.cross_validation",
    since: "0.20",
    instead: "sklearn.model_selection",
    now: "sklearn.model_selection",
    names: ["cross_val_predict", "cross_val_score", "train_test_split"],
  },
  {
    name: "sklearn.grid_search",
    since: "0.20",
    instead: "sklearn.model_selection",
    now: "sklearn.model_selection",
    names: ["GridSearchCV", "ParameterGrid", "RandomizedSearchCV"],
  },
  {
    name: "sklearn.learning_curve",
    since: "0.20",
    instead: "sklearn.model_selection",
    now: "sklearn.model_selection",
    names: ["learning_curve", "validation_curve"],
  },
  { name: "sklearn.externals.joblib", since: "0.23", instead: "joblib", now: "joblib" },
  { name: "sklearn.externals.six", since: "0.23", instead: "six", now: "six" },
  { name: "sklearn.preprocessing.Imputer", since: "0.22", instead: "sklearn.impute.SimpleImputer" },
  { name: "sklearn.datasets.load_boston", since: "1.2", instead: "sklearn.datasets.fetch_california_housing" },
  { name: "sklearn.datasets.fetch_mldata", since: "0.22", instead: "sklearn.datasets.fetch_openml" },
  { name: "sklearn.datasets.samples_generator", since: "0.24", instead: "sklearn.datasets", now: "sklearn.datasets" },
  {
    name: "sklearn.feature_extraction.stop_words",
    since: "0.24",
    instead: "sklearn.feature_extraction.text.ENGLISH_STOP_WORDS",
  },
  { name: "sklearn.mixture.GMM", since: "0.20", instead: "sklearn.mixture.GaussianMixture" },
  { name: "sklearn.decomposition.RandomizedPCA", since: "0.20", instead: "PCA(svd_solver='randomized')" },
  {
    name: "sklearn.gaussian_process.GaussianProcess",
    since: "0.20",
    instead: "sklearn.gaussian_process.GaussianProcessRegressor",
  },
  { name: "sklearn.ensemble.forest", since: "0.24", instead: "sklearn.ensemble", now: "sklearn.ensemble" },
  { name: "sklearn.ensemble.gradient_boosting", since: "0.24", instead: "sklearn.ensemble", now: "sklearn.ensemble" },
  {
    name: "sklearn.feature_selection.univariate_selection",
    since: "0.24",
    instead: "sklearn.feature_selection",
    now: "sklearn.feature_selection",
  },
  ...namingFeatures.map((name) => ({
    name: `sklearn.${name}.get_feature_names`,
    since: "1.2",
    instead: "get_feature_names_out",
  })),
  { name: "sklearn.metrics.scorer", since: "0.24", instead: "sklearn.metrics" },
  { name: "sklearn.metrics.plot_confusion_matrix", since: "1.2", instead: "ConfusionMatrixDisplay.from_estimator" },
  { name: "sklearn.metrics.plot_roc_curve", since: "1.2", instead: "RocCurveDisplay.from_estimator" },
  {
    name: "sklearn.metrics.plot_precision_recall_curve",
    since: "1.2",
    instead: "PrecisionRecallDisplay.from_estimator",
  },
  { name: "scipy.misc.imread", since: "1.2", instead: "imageio.v3.imread" },
  { name: "scipy.misc.imsave", since: "1.2", instead: "imageio.v3.imwrite" },
  { name: "scipy.misc.imresize", since: "1.3", instead: "PIL.Image.resize" },
  { name: "scipy.ndimage.imread", since: "1.2", instead: "imageio.v3.imread" },
  ...["comb", "factorial", "logsumexp"].map((name) => ({
    ...{ name: `scipy.misc.${name}`, since: "1.3", instead: `scipy.special.${name}`, now: `scipy.special.${name}` },
  })),
  ...["face", "ascent", "electrocardiogram"].map((name) => ({
    ...{ name: `scipy.misc.${name}`, since: "1.12", instead: `scipy.datasets.${name}`, now: `scipy.datasets.${name}` },
  })),
  { name: "scipy.misc.derivative", since: "1.12", instead: "scipy.differentiate.derivative" },
  ...namesOfNumpy.map((name) => ({
    ...{ name: `scipy.${name}`, since: "1.12", instead: `numpy.${name}`, now: `numpy.${name}` },
  })),
  { name: "scipy.stats.itemfreq", since: "1.3", instead: "numpy.unique(..., return_counts=True)" },
  { name: "scipy.stats.chisqprob", since: "1.0", instead: "scipy.stats.chi2.sf", now: "scipy.stats.chi2.sf" },
  {
    name: "scipy.integrate.cumtrapz",
    since: "1.14",
    instead: "scipy.integrate.cumulative_trapezoid",
    now: "scipy.integrate.cumulative_trapezoid",
  },
  { name: "scipy.integrate.simps", since: "1.14", instead: "scipy.integrate.simpson", now: "scipy.integrate.simpson" },
  { name: "matplotlib.pyplot.hold", since: "3.0", instead: "nothing: later plots are added anyway" },
  { name: "matplotlib.cm.get_cmap", since: "3.9", instead: "matplotlib.colormaps[...]" },
  { name: "matplotlib.pyplot.cm.get_cmap", since: "3.9", instead: "matplotlib.colormaps[...]" },
  { name: "seaborn.factorplot", since: "0.12", instead: "seaborn.catplot" },
  { name: "seaborn.tsplot", since: "0.12", instead: "seaborn.lineplot" },
  { name: "seaborn.lvplot", since: "0.11", instead: "seaborn.boxenplot", now: "seaborn.boxenplot" },
  { name: "seaborn.plt", since: "0.8", instead: "matplotlib.pyplot" },
  { name: "tensorflow.Session", since: "2.0", instead: "eager execution" },
  { name: "tensorflow.placeholder", since: "2.0", instead: "function arguments" },
  { name: "tensorflow.contrib", since: "2.0", instead: "TensorFlow Addons, or the core library" },
];
