/** A way to call a function that a library no longer takes: by a keyword, or with more than so many arguments by position. */
export type RemovedArgument = {
  readonly name: string;
  /** The first version without it. */
  readonly since: string;
  readonly instead: string;
} & (
  | {
      readonly keyword: string;
      /** What the very same argument is called today. */
      readonly now?: string;
    }
  | {
      readonly positional: number;
      /** What the arguments are called, by place; those that may still stand by place are not named. */
      readonly named?: readonly (string | undefined)[];
    }
);

const drawn = [
  "barplot",
  "boxplot",
  "countplot",
  "jointplot",
  "kdeplot",
  "lineplot",
  "lmplot",
  "pointplot",
  "regplot",
  "scatterplot",
  "stripplot",
  "swarmplot",
  "violinplot",
];
const withoutHue = ["jointplot", "lmplot", "regplot"];
const normalised = ["ElasticNet", "ElasticNetCV", "Lars", "Lasso", "LassoCV", "LinearRegression", "Ridge", "RidgeCV"];
const ensembles = ["AdaBoostClassifier", "AdaBoostRegressor", "BaggingClassifier", "BaggingRegressor"];

/** From the libraries' release notes; `test/core/rules/removed-apis.test.ts` looks for each in the installed library. */
export const removedArguments: readonly RemovedArgument[] = [
  ...drawn.map((name) => ({
    ...{ name: `seaborn.${name}`, positional: 1, since: "0.12", instead: "data=, x= and y=" },
    named: name === "kdeplot" ? ["x", "y"] : withoutHue.includes(name) ? ["x", "y", "data"] : ["x", "y", "hue", "data"],
  })),
  { name: "seaborn.FacetGrid", keyword: "size", since: "0.12", instead: "height", now: "height" },
  { name: "seaborn.PairGrid", keyword: "size", since: "0.12", instead: "height", now: "height" },
  { name: "seaborn.lmplot", keyword: "size", since: "0.12", instead: "height", now: "height" },
  { name: "pandas.concat", positional: 1, since: "2.0", instead: "axis=", named: [undefined, "axis"] },
  { name: "pandas.concat", keyword: "join_axes", since: "1.0", instead: "reindex" },
  {
    name: "pandas.DataFrame.drop",
    positional: 1,
    since: "2.0",
    instead: "columns= or axis=",
    named: [undefined, "axis"],
  },
  {
    name: "pandas.DataFrame.pivot",
    positional: 0,
    since: "2.0",
    instead: "index=, columns= and values=",
    named: ["index", "columns", "values"],
  },
  { name: "pandas.read_csv", keyword: "error_bad_lines", since: "2.0", instead: "on_bad_lines" },
  { name: "pandas.read_csv", keyword: "squeeze", since: "2.0", instead: 'squeeze("columns") on the table' },
  { name: "pandas.read_csv", keyword: "date_parser", since: "3.0", instead: "date_format" },
  { name: "pandas.DatetimeIndex", keyword: "start", since: "1.0", instead: "pandas.date_range" },
  { name: "pandas.MultiIndex", keyword: "labels", since: "1.0", instead: "codes", now: "codes" },
  { name: "numpy.histogram", keyword: "normed", since: "1.24", instead: "density", now: "density" },
  { name: "matplotlib.pyplot.boxplot", keyword: "labels", since: "3.11", instead: "tick_labels", now: "tick_labels" },
  // An error calls the class by the name of its base.
  ...["pyplot.gca", "figure.Figure.gca", "figure.FigureBase.gca"].map((name) => ({
    name: `matplotlib.${name}`,
    keyword: "projection",
    since: "3.6",
    instead: "add_subplot(projection=)",
  })),
  ...normalised.map((name) => ({
    name: `sklearn.linear_model.${name}`,
    keyword: "normalize",
    since: "1.2",
    instead: "a StandardScaler before it",
  })),
  ...ensembles.map((name) => ({
    name: `sklearn.ensemble.${name}`,
    keyword: "base_estimator",
    since: "1.4",
    instead: "estimator",
    now: "estimator",
  })),
  ...["AgglomerativeClustering", "FeatureAgglomeration"].map((name) => ({
    name: `sklearn.cluster.${name}`,
    keyword: "affinity",
    since: "1.4",
    instead: "metric",
    now: "metric",
  })),
  {
    name: "sklearn.linear_model.LogisticRegression",
    keyword: "multi_class",
    since: "1.8",
    instead: "OneVsRestClassifier",
  },
  {
    name: "sklearn.linear_model.SGDClassifier",
    keyword: "n_iter",
    since: "0.21",
    instead: "max_iter",
  },
  { name: "sklearn.linear_model.Perceptron", keyword: "n_iter", since: "0.21", instead: "max_iter" },
  { name: "sklearn.manifold.TSNE", keyword: "n_iter", since: "1.7", instead: "max_iter", now: "max_iter" },
  {
    name: "sklearn.preprocessing.OneHotEncoder",
    keyword: "sparse",
    since: "1.4",
    instead: "sparse_output",
    now: "sparse_output",
  },
  {
    name: "sklearn.preprocessing.OneHotEncoder",
    keyword: "categorical_features",
    since: "0.22",
    instead: "ColumnTransformer",
  },
  { name: "sklearn.metrics.mean_squared_error", keyword: "squared", since: "1.6", instead: "root_mean_squared_error" },
  { name: "sklearn.feature_selection.RFE", positional: 1, since: "1.0", instead: "n_features_to_select=" },
];
