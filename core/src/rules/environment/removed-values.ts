/** A value of an argument that a library no longer takes. */
export interface RemovedValue {
  /** The function or class that is called. */
  readonly name: string;
  /** The argument, and where it stands when it is given by its place. */
  readonly argument: string;
  readonly at?: number;
  readonly value: string;
  /** A number may stand before the value: `2H`. */
  readonly counted?: boolean;
  /** The first version without it. */
  readonly since: string;
  /** What to write in its place, as Python. */
  readonly now: string;
  /** The error that it ends in. */
  readonly error: string;
}

type Rest = Omit<RemovedValue, "name">;

function each(names: readonly string[], rest: Rest): readonly RemovedValue[] {
  return names.map((name) => ({ name, ...rest }));
}

const sklearn = { error: "ValueError" } as const;

const forests = ["ExtraTrees", "RandomForest"];
const classifiers = [
  ...forests.map((name) => `sklearn.ensemble.${name}Classifier`),
  "sklearn.ensemble.GradientBoostingClassifier",
  "sklearn.tree.DecisionTreeClassifier",
  "sklearn.tree.ExtraTreeClassifier",
];
const regressors = [
  ...forests.map((name) => `sklearn.ensemble.${name}Regressor`),
  "sklearn.tree.DecisionTreeRegressor",
  "sklearn.tree.ExtraTreeRegressor",
];
const boosting = "sklearn.ensemble.GradientBoosting";

/** Names of matplotlib's styles after those of seaborn: the first is `seaborn` itself. */
const seabornStyles = (
  " -bright -colorblind -dark -dark-palette -darkgrid -deep -muted -notebook -paper -pastel -poster -talk -ticks -white " +
  "-whitegrid"
).split(" ");

/** pandas' old names of frequencies, and what they are called now. Periods go on having the old ones. */
const frequencies = {
  ...{ M: "ME", Q: "QE", Y: "YE", A: "YE", BM: "BME", BQ: "BQE", BY: "BYE", BA: "BYE" },
  ...{ H: "h", T: "min", S: "s", L: "ms", U: "us", N: "ns" },
};
const takingFrequencies: readonly Pick<RemovedValue, "name" | "argument" | "at">[] = [
  { name: "pandas.date_range", argument: "freq", at: 3 },
  { name: "pandas.timedelta_range", argument: "freq", at: 3 },
  { name: "pandas.DataFrame.asfreq", argument: "freq", at: 0 },
  { name: "pandas.Series.asfreq", argument: "freq", at: 0 },
  { name: "pandas.DataFrame.resample", argument: "rule", at: 0 },
  { name: "pandas.Series.resample", argument: "rule", at: 0 },
  { name: "pandas.Grouper", argument: "freq" },
];

/** From the libraries' release notes; `test/core/rules/removed-apis.test.ts` tries each in the installed library. */
export const removedValues: readonly RemovedValue[] = [
  ...seabornStyles.flatMap((ending) =>
    each(["matplotlib.pyplot.style.use", "matplotlib.style.use"], {
      ...{ argument: "style", at: 0, value: `seaborn${ending}`, since: "3.8" },
      ...{ now: `"seaborn-v0_8${ending}"`, error: "OSError" },
    }),
  ),
  ...Object.entries(frequencies).flatMap(([value, now]) =>
    takingFrequencies.map((taking) => ({
      ...taking,
      ...{ value, counted: true, since: "3.0", now: `"${now}"`, error: "ValueError" },
    })),
  ),
  ...each(["sklearn.linear_model.SGDClassifier"], {
    ...sklearn,
    ...{ argument: "loss", at: 0, value: "log", since: "1.3", now: '"log_loss"' },
  }),
  ...each(["sklearn.linear_model.SGDRegressor"], {
    ...sklearn,
    ...{ argument: "loss", at: 0, value: "squared_loss", since: "1.2", now: '"squared_error"' },
  }),
  ...each(["sklearn.linear_model.LogisticRegression", "sklearn.linear_model.LogisticRegressionCV"], {
    ...sklearn,
    ...{ argument: "penalty", value: "none", since: "1.4", now: "None" },
  }),
  ...each(["sklearn.linear_model.RANSACRegressor"], {
    ...sklearn,
    ...{ argument: "loss", value: "absolute_loss", since: "1.2", now: '"absolute_error"' },
  }),
  ...each(["sklearn.linear_model.RANSACRegressor"], {
    ...sklearn,
    ...{ argument: "loss", value: "squared_loss", since: "1.2", now: '"squared_error"' },
  }),
  ...["auto", "full"].flatMap((value) =>
    each(["sklearn.cluster.KMeans"], {
      ...sklearn,
      ...{ argument: "algorithm", value, since: "1.3", now: '"lloyd"' },
    }),
  ),
  ...each([`${boosting}Classifier`], {
    ...sklearn,
    ...{ argument: "loss", value: "deviance", since: "1.3", now: '"log_loss"' },
  }),
  ...each([`${boosting}Regressor`], {
    ...sklearn,
    ...{ argument: "loss", value: "ls", since: "1.2", now: '"squared_error"' },
  }),
  ...each([`${boosting}Regressor`], {
    ...sklearn,
    ...{ argument: "loss", value: "lad", since: "1.2", now: '"absolute_error"' },
  }),
  ...each(["sklearn.ensemble.HistGradientBoostingRegressor"], {
    ...sklearn,
    ...{ argument: "loss", at: 0, value: "least_squares", since: "1.2", now: '"squared_error"' },
  }),
  ...each([...regressors, `${boosting}Regressor`, `${boosting}Classifier`], {
    ...sklearn,
    ...{ argument: "criterion", value: "mse", since: "1.2", now: '"squared_error"' },
  }),
  ...each(regressors, {
    ...sklearn,
    ...{ argument: "criterion", value: "mae", since: "1.2", now: '"absolute_error"' },
  }),
  // What `auto` was: the root for classifiers, every feature for regressors.
  ...each(classifiers, {
    ...sklearn,
    ...{ argument: "max_features", value: "auto", since: "1.3", now: '"sqrt"' },
  }),
  ...each([...regressors, `${boosting}Regressor`], {
    ...sklearn,
    ...{ argument: "max_features", value: "auto", since: "1.3", now: "1.0" },
  }),
];
